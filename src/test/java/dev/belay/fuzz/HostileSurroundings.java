package dev.belay.fuzz;

import dev.belay.TestDatabase;
import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * Databases that must stay as they are, one on which valid requests may do what they want, and files that nobody may touch.
 * For tests that are annotated with it, beside BelayTestResource.
 */
public class HostileSurroundings implements QuarkusTestResourceLifecycleManager {

    static final String VICTIM = "victim";
    static final String PLAYGROUND = "playground";

    /** What other tests of the same server have is none of ours. */
    private static final String DATABASES = "SELECT datname || ' ' || datallowconn || ' ' || oid FROM pg_database"
            + " WHERE datname NOT LIKE '%playground%' AND datname NOT LIKE 'template%' ORDER BY 1";

    private static final String ROLES =
            "SELECT rolname || ' ' || rolsuper || ' ' || coalesce(rolpassword, '')" + " FROM pg_authid ORDER BY 1";

    /** Their names on the server by those in the configuration: the first is what a bad quotation would run. */
    private static final Map<String, String> DATABASE_NAMES = Map.of(
            VICTIM,
            "victim'; DROP TABLE \"canary\"; --",
            "bystander",
            "bystander \"$$\" \\ %s",
            "elsewhere",
            "fuzz_elsewhere",
            "waiting",
            "fuzz_waiting",
            PLAYGROUND,
            "fuzz_playground");

    private static final List<DatabaseAddress> WATCHED = new ArrayList<>();
    private static final List<Path> ROOTS = new ArrayList<>();

    @Override
    public Map<String, String> start() {
        // All of it comes from one address, and what is over a limit would reach nothing.
        Map<String, String> settings = new HashMap<>(Map.of(
                "belay.limits.rate", "100000",
                "belay.limits.burst", "100000",
                "belay.limits.failures", "100000",
                "belay.limits.jobs", "100000"));
        WATCHED.clear();
        ROOTS.clear();
        try {
            Path root = Files.createTempDirectory("belay-test-fuzz-");
            Files.writeString(root.resolve("canary.txt"), "sings");
            ROOTS.add(root);
            for (Map.Entry<String, String> database : DATABASE_NAMES.entrySet()) {
                settings.putAll(database(root, database.getKey(), database.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    private static Map<String, String> database(Path root, String name, String onServer) throws IOException {
        Path project = project(root, name);
        Path app = project.resolve("app");
        TestPostgres.execute(
                TestPostgres.server().maintenance(), "DROP DATABASE IF EXISTS " + Identifiers.quote(onServer));
        DatabaseAddress address = TestPostgres.freshDatabase(onServer);
        Flyway.configure()
                .dataSource(
                        address.jdbcUrl(),
                        address.server().user(),
                        address.server().password())
                .locations("filesystem:" + app)
                .load()
                .migrate();
        TestPostgres.execute(
                address,
                "INSERT INTO canary SELECT n, 'sings ' || n FROM generate_series(1, 100) n",
                "CREATE TABLE \"a \"\"quoted\"\" table; --\" (\"$$\" text, \"' OR 1=1\" text DEFAULT '\\')",
                "INSERT INTO \"a \"\"quoted\"\" table; --\" VALUES ('1'), ('2')");
        if (name.equals("waiting")) {
            Files.writeString(app.resolve("V2__second.sql"), "CREATE TABLE nest (id int);\n");
            Files.writeString(app.resolve("U2__second.sql"), "DROP TABLE nest;\n");
        }
        if (!name.equals(PLAYGROUND)) {
            WATCHED.add(address);
        }
        return Map.of(
                "belay.projects." + name + ".path",
                project.toString(),
                "belay.databases." + name + ".server",
                "main",
                "belay.databases." + name + ".name",
                onServer,
                "belay.databases." + name + ".project",
                name,
                "belay.databases." + name + ".environment",
                name.equals(PLAYGROUND) ? "development" : "production");
    }

    private static Path project(Path root, String name) throws IOException {
        Path project = Files.createDirectories(root.resolve("projects").resolve(name));
        Path app = Files.createDirectories(project.resolve("app"));
        Files.writeString(project.resolve("belay.yaml"), "modules:\n  - name: app\n");
        Files.writeString(project.resolve("desired.sql"), "CREATE TABLE finch (id int PRIMARY KEY, name text);\n");
        Files.writeString(app.resolve("V1__first.sql"), "CREATE TABLE canary (id int PRIMARY KEY, name text);\n");
        Files.writeString(app.resolve("U1__first.sql"), "DROP TABLE canary;\n");
        return project;
    }

    /**
     * How things stand.
     *
     * @param lists databases, roles and files
     */
    record State(List<Fingerprint> databases, List<String> lists) {}

    static State look() {
        List<String> lists = new ArrayList<>();
        DatabaseAddress maintenance = TestPostgres.server().maintenance();
        lists.addAll(TestDatabase.askAll(maintenance, DATABASES));
        lists.addAll(TestDatabase.askAll(maintenance, ROLES));
        lists.addAll(files());
        return new State(
                WATCHED.stream()
                        .map(database -> Fingerprinter.take(database, null, 1, Monitor.none()))
                        .toList(),
                lists);
    }

    /** All files of the projects and beside them with their contents, and what lies about where Belay runs. */
    private static List<String> files() {
        try (Stream<Path> tree = Files.walk(ROOTS.get(0));
                Stream<Path> here = Files.list(Path.of("").toAbsolutePath())) {
            List<String> files = new ArrayList<>();
            for (Path path : tree.sorted().toList()) {
                files.add(path + (Files.isRegularFile(path) ? ": " + Files.readString(path) : ""));
            }
            here.sorted().forEach(path -> files.add(path.toString()));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
