package dev.belay;

import com.sun.net.httpserver.HttpServer;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configures more databases than tests need, each with a project folder of its own, and makes none of them: a test claims
 * one with {@link TestDatabase}. For test classes alone that are annotated with it, beside {@link BelayTestResource}.
 */
public class TestDatabasesResource implements QuarkusTestResourceLifecycleManager {

    static final int COUNT = 200;

    /** Databases whose names on the server are hard to write down, by their names in the configuration. */
    static final Map<String, String> ODD_NAMES =
            Map.of("quoted", "a\"b 'c' \\ ünï\nnew line", "dashed", "-rf", "evil", "host=evil port=1");

    /** Databases whose plans somebody has to approve. */
    static final int PRODUCTION = 40;

    /** Databases that Belay reaches as a role with few rights. */
    static final int LIMITED = 8;

    private static final int STAGING = 12;
    private static final int WATCHED = 12;
    private static final int ANSWERING = 2;

    private @Nullable HttpServer application;

    static final String LIMITED_ROLE = "belay_limited";

    /** The names in the configuration of databases whose names on the server are odd. */
    public static List<String> oddNames() {
        return ODD_NAMES.keySet().stream().sorted().toList();
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        Path projects = temporaryDirectory();
        settings.put("test.projects", projects.toString());
        addSecrets(settings, projects);
        for (int i = 1; i <= COUNT; i++) {
            add(settings, projects, "t" + i, "t" + i, "main");
        }
        for (int i = 1; i <= LIMITED; i++) {
            add(settings, projects, "l" + i, "l" + i, "limited");
        }
        for (int i = 1; i <= PRODUCTION; i++) {
            add(settings, projects, "p" + i, "p" + i, "main");
            settings.put("belay.databases.p" + i + ".environment", "production");
        }
        for (int i = 1; i <= STAGING; i++) {
            add(settings, projects, "staging" + i, "staging" + i, "main");
            settings.put("belay.databases.staging" + i + ".environment", "staging");
        }
        addRestricted(settings, projects);
        addWatched(settings, projects);
        addWithStandby(settings, projects);
        ODD_NAMES.forEach((name, onServer) -> add(settings, projects, name, onServer, "main"));
        for (String name : List.of("retreating1", "retreating2")) {
            add(settings, projects, name, name, "main");
            settings.put("belay.databases." + name + ".policy.on-failure", "ROLL_BACK");
        }
        add(settings, projects, "handmade", "-d $(touch pwned) 'x' \"y\" \\ ünï\n`id`", "main");
        add(settings, projects, "flipping", "flipping", "flipping");
        server(settings, "limited", LIMITED_ROLE, "limited");
        ServerAddress server = TestPostgres.server();
        server(settings, "flipping", server.user(), String.valueOf(server.password()));
        settings.put(
                "belay.servers.flipping.binaries", flippingBinaries(projects).toString());
        return settings;
    }

    /** What a secret that tests may name holds: {@code first} is in a file, {@code second} a value. */
    public static String secret(String name) {
        return name + " pässwörd ✓ '\"$1";
    }

    private static void addSecrets(Map<String, String> settings, Path folder) {
        try {
            Path file = Files.writeString(folder.resolve("secret"), secret("first") + "\n");
            settings.put("belay.secrets.first.file", file.toString());
            settings.put("belay.secrets.second.value", secret("second"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Databases with policies of their own, each for one test. */
    private static void addRestricted(Map<String, String> settings, Path projects) {
        add(settings, projects, "hasty", "hasty", "main");
        settings.put("belay.databases.hasty.policy.approval", "true");
        settings.put("belay.databases.hasty.policy.plan-age", "4s");
        add(settings, projects, "forgetful", "forgetful", "main");
        settings.put("belay.databases.forgetful.policy.backup-age", "1ms");
        int hour = ZonedDateTime.now(ZoneOffset.UTC).plusHours(3).getHour();
        addWithWindow(settings, projects, "later1", "0 0 " + hour + " * * ?", "1h");
        addWithWindow(settings, projects, "later2", "0 0 " + hour + " * * ?", "1h");
        addWithWindow(settings, projects, "soon", "0/30 * * * * ?", "12s");
        addWithWindow(settings, projects, "always", "0 * * * * ?", "1h");
        addWithWindow(settings, projects, "tiny", "0 * * * * ?", "1s");
        addWithWindow(settings, projects, "never", "0 0 3 1 1 ? 2099", "1h");
    }

    /** Databases whose schema nobody else may change, and some whose application answers. */
    private void addWatched(Map<String, String> settings, Path projects) {
        for (int i = 1; i <= WATCHED; i++) {
            add(settings, projects, "watched" + i, "watched" + i, "main");
            settings.put("belay.databases.watched" + i + ".policy.drift", "block");
        }
        application = application();
        for (int i = 1; i <= ANSWERING; i++) {
            add(settings, projects, "answering" + i, "answering" + i, "main");
            settings.put(
                    "belay.databases.answering" + i + ".application-url",
                    "http://localhost:" + application.getAddress().getPort() + "/portal/");
        }
    }

    /** Databases beside which a copy of the backup is kept ready; beside the last for a moment only. */
    private static void addWithStandby(Map<String, String> settings, Path projects) {
        for (String name : List.of("ready1", "ready2", "ready3", "ready4", "fleeting")) {
            add(settings, projects, name, name, name.equals("ready2") ? "limited" : "main");
            settings.put("belay.databases." + name + ".policy.standby", "true");
        }
        settings.put("belay.databases.fleeting.policy.standby-retention", "1s");
    }

    /** An application whose health is good and whose front page is broken. */
    private static HttpServer application() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(
                        exchange.getRequestURI().getPath().equals("/portal/health") ? 204 : 500, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addWithWindow(
            Map<String, String> settings, Path projects, String name, String cron, String duration) {
        add(settings, projects, name, name, "main");
        settings.put("belay.databases." + name + ".policy.windows[0].cron", cron);
        settings.put("belay.databases." + name + ".policy.windows[0].duration", duration);
    }

    private static void add(Map<String, String> settings, Path projects, String name, String onServer, String server) {
        Path folder = projects.resolve(name);
        try {
            Files.createDirectories(folder.resolve("app"));
            Files.writeString(folder.resolve("belay.yaml"), "modules:\n  - name: app\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("belay.projects." + name + ".path", folder.toString());
        settings.put("belay.databases." + name + ".server", server);
        settings.put("belay.databases." + name + ".name", onServer);
        settings.put("belay.databases." + name + ".project", name);
        settings.put("belay.databases." + name + ".environment", "development");
    }

    private static void server(Map<String, String> settings, String name, String user, String password) {
        ServerAddress server = TestPostgres.server();
        TestPostgres.execute(
                server.maintenance(),
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + LIMITED_ROLE
                        + "') THEN CREATE ROLE " + LIMITED_ROLE
                        + " LOGIN CREATEDB PASSWORD 'limited' IN ROLE pg_signal_backend; END IF; END $$");
        settings.put("belay.servers." + name + ".host", server.host());
        settings.put("belay.servers." + name + ".port", Integer.toString(server.port()));
        settings.put("belay.servers." + name + ".user", user);
        settings.put("belay.servers." + name + ".password", password);
    }

    /** A pg_dump that writes 4712 wherever the database has 4711, as a bit that flips on the way to the disk would. */
    private static Path flippingBinaries(Path folder) {
        Path real = TestPostgres.binaries().tool("pg_dump");
        try {
            Path binaries = Files.createDirectories(folder.resolve("flipping-binaries"));
            for (String tool : List.of("pg_restore", "psql")) {
                Files.createSymbolicLink(binaries.resolve(tool), real.resolveSibling(tool));
            }
            Path dump = binaries.resolve("pg_dump");
            Files.writeString(dump, "#!/bin/sh\n" + real + """
                     "$@" || exit
                    for argument in "$@"; do
                        case $argument in --file=*) sed -i s/4711/4712/ "${argument#--file=}"/*.dat ;; esac
                    done
                    """);
            Files.setPosixFilePermissions(dump, PosixFilePermissions.fromString("rwxr-xr-x"));
            return binaries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (application != null) {
            application.stop(0);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("belay-test-projects-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
