package dev.belay.database;

import dev.belay.policy.Policy;
import dev.belay.policy.PolicyFaults;
import dev.belay.postgres.Password;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.Tls;
import dev.belay.problem.ProblemType;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configured databases and projects by name, checked once at start. */
@ApplicationScoped
public class DatabaseRegistry {

    private static final String NAME = "[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?";

    private final DatabaseConfig config;
    private final Clock clock;

    DatabaseRegistry(DatabaseConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Refuses to start on a configuration that could not work, with everything that is wrong with it. */
    void check(@Observes @Priority(10) StartupEvent event) {
        List<String> faults = faults();
        if (!faults.isEmpty()) {
            throw ProblemType.CONFIGURATION_INVALID.because(
                    "The configuration cannot work:\n  - " + String.join("\n  - ", faults));
        }
    }

    /** The managed databases in the order of their names. */
    public List<ManagedDatabase> all() {
        return new TreeMap<>(config.databases())
                .keySet().stream().map(this::require).toList();
    }

    /** The managed databases' names with what they are for; asks no server and reads no file. */
    public Map<String, Environment> environments() {
        return config.databases().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().environment()));
    }

    /**
     * Finds a database.
     *
     * @throws dev.belay.problem.ProblemException NOT_FOUND when none has this name
     */
    public ManagedDatabase require(String name) {
        DatabaseConfig.DatabaseEntry entry = Optional.ofNullable(
                        config.databases().get(name))
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("No database is configured under the name "
                        + shown(name) + ". GET /databases lists those there are."));
        DatabaseConfig.ServerEntry server =
                Objects.requireNonNull(config.servers().get(entry.server()));
        return new ManagedDatabase(
                name,
                address(server).database(entry.name().orElse(name)),
                entry.project(),
                entry.environment(),
                entry.role().orElse(server.user()),
                server.binaries().orElse(null),
                policy(entry),
                entry.applicationUrl().orElse(null));
    }

    private Policy policy(DatabaseConfig.DatabaseEntry entry) {
        Environment environment = entry.environment();
        Policy general = Optional.ofNullable(config.policies().get(environment.key()))
                .map(environment.defaults()::with)
                .orElseGet(environment::defaults);
        return general.with(entry.policy());
    }

    /** Reads the project of a database anew, so that a change of its files counts at once. */
    public Project project(ManagedDatabase database) {
        return project(database.project());
    }

    /**
     * Reads a project anew.
     *
     * @throws dev.belay.problem.ProblemException NOT_FOUND when none has this name, PROJECT_INVALID when its files are wrong
     */
    public Project project(String name) {
        DatabaseConfig.ProjectEntry entry = Optional.ofNullable(
                        config.projects().get(name))
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("No project is configured under the name "
                        + shown(name) + ". GET /projects lists those there are."));
        return ProjectReader.read(name, entry.path());
    }

    /** The configured projects' names in their order. */
    public List<String> projects() {
        return List.copyOf(new TreeMap<>(config.projects()).keySet());
    }

    /** The databases that use a project, in the order of their names. */
    public List<ManagedDatabase> using(String project) {
        return all().stream()
                .filter(database -> database.project().equals(project))
                .toList();
    }

    /** The folder of a database's project. */
    public Path projectFolder(ManagedDatabase database) {
        return Objects.requireNonNull(config.projects().get(database.project())).path();
    }

    /** Where a module's scripts are: below the project's folder, with forward slashes; empty for the folder itself. */
    public String moduleFolder(ManagedDatabase database, String module) {
        return ProjectReader.moduleFolder(database.project(), projectFolder(database), module);
    }

    /**
     * Finds a server by its name in the configuration.
     *
     * @throws dev.belay.problem.ProblemException CONFIGURATION_INVALID when none has this name
     */
    public ServerAddress server(String name) {
        return Optional.ofNullable(config.servers().get(name))
                .map(DatabaseRegistry::address)
                .orElseThrow(
                        () -> ProblemType.CONFIGURATION_INVALID.because("No server is called " + shown(name) + "."));
    }

    private static ServerAddress address(DatabaseConfig.ServerEntry entry) {
        return new ServerAddress(
                entry.host(),
                entry.port(),
                entry.user(),
                entry.passwordFile()
                        .<Password>map(Password.InFile::new)
                        .orElseGet(() -> new Password.Given(entry.password().orElse(null))),
                new Tls(
                        entry.sslmode(),
                        entry.sslRootCertificate().orElse(null),
                        entry.sslCertificate().orElse(null),
                        entry.sslKey().orElse(null)),
                entry.maintenanceDatabase());
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        config.servers().forEach((name, server) -> {
            checkName("servers", name, faults);
            faults.addAll(ServerFaults.of(name, server));
        });
        faults.addAll(Secrets.faults(config.secrets()));
        config.projects().forEach((name, project) -> {
            checkName("projects", name, faults);
            if (!Files.isReadable(project.path().resolve(ProjectReader.FILE))) {
                faults.add("belay.projects." + name + ".path: there is no readable "
                        + project.path().toAbsolutePath().resolve(ProjectReader.FILE));
            }
        });
        config.databases().forEach((name, database) -> {
            checkName("databases", name, faults);
            checkReference(name, "server", database.server(), config.servers(), faults);
            checkReference(name, "project", database.project(), config.projects(), faults);
            database.applicationUrl().ifPresent(url -> checkApplication(name, url, faults));
        });
        checkNoneTwice(faults);
        checkPolicies(faults);
        return faults;
    }

    private void checkPolicies(List<String> faults) {
        Set<String> environments =
                Stream.of(Environment.values()).map(Environment::key).collect(Collectors.toCollection(TreeSet::new));
        new TreeMap<>(config.policies()).forEach((name, policy) -> {
            String key = "belay.policies." + name;
            if (!environments.contains(name)) {
                faults.add(key + ": there is no such environment; there are " + environments);
            }
            faults.addAll(PolicyFaults.of(key, policy, clock.instant()));
        });
        new TreeMap<>(config.databases())
                .forEach((name, database) -> faults.addAll(
                        PolicyFaults.of("belay.databases." + name + ".policy", database.policy(), clock.instant())));
    }

    private static void checkName(String kind, String name, List<String> faults) {
        if (!name.matches(NAME)) {
            faults.add("belay." + kind + "." + name + ": a name has lower-case letters, digits, '-' and '_' only");
        }
    }

    private static void checkReference(
            String database, String kind, String name, Map<String, ?> known, List<String> faults) {
        if (!known.containsKey(name)) {
            faults.add("belay.databases." + database + "." + kind + ": there is no belay." + kind + "s." + name
                    + "; there are " + new TreeMap<>(known).keySet());
        }
    }

    private static void checkApplication(String database, URI url, List<String> faults) {
        String scheme = String.valueOf(url.getScheme());
        if (!List.of("http", "https").contains(scheme)
                || url.getHost() == null
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || url.getRawUserInfo() != null) {
            faults.add(
                    "belay.databases." + database + ".application-url: has to be like http://shop.internal:8080, with"
                            + " a path or without; no user, query or fragment");
        }
    }

    /** Two names for one database would let two jobs change it at once. */
    private void checkNoneTwice(List<String> faults) {
        Map<String, String> seen = new TreeMap<>();
        new TreeMap<>(config.databases()).forEach((name, database) -> {
            DatabaseConfig.ServerEntry server = config.servers().get(database.server());
            if (server != null) {
                String place = server.host() + ":" + server.port() + "/"
                        + database.name().orElse(name);
                String other = seen.putIfAbsent(place, name);
                if (other != null) {
                    faults.add("belay.databases." + name + ": is the same database as belay.databases." + other);
                }
            }
        });
    }

    private static String shown(String name) {
        return '"' + (name.length() > 80 ? name.substring(0, 80) + "…" : name) + '"';
    }
}
