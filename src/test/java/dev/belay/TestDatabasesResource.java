package dev.belay;

import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Configures more databases than tests need, each with a project folder of its own, and makes none of them: a test claims
 * one with {@link TestDatabase}. For test classes alone that are annotated with it, beside {@link BelayTestResource}.
 */
public class TestDatabasesResource implements QuarkusTestResourceLifecycleManager {

    static final int COUNT = 160;

    /** Databases whose names on the server are hard to write down, by their names in the configuration. */
    static final Map<String, String> ODD_NAMES =
            Map.of("quoted", "a\"b 'c' \\ ünï\nnew line", "dashed", "-rf", "evil", "host=evil port=1");

    /** Databases that Belay reaches as a role with few rights. */
    static final int LIMITED = 8;

    static final String LIMITED_ROLE = "belay_limited";

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        Path projects = temporaryDirectory();
        settings.put("test.projects", projects.toString());
        for (int i = 1; i <= COUNT; i++) {
            add(settings, projects, "t" + i, "t" + i, "main");
        }
        for (int i = 1; i <= LIMITED; i++) {
            add(settings, projects, "l" + i, "l" + i, "limited");
        }
        ODD_NAMES.forEach((name, onServer) -> add(settings, projects, name, onServer, "main"));
        limitedServer(settings);
        return settings;
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
    }

    private static void limitedServer(Map<String, String> settings) {
        ServerAddress server = TestPostgres.server();
        TestPostgres.execute(
                server.maintenance(),
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + LIMITED_ROLE
                        + "') THEN CREATE ROLE " + LIMITED_ROLE
                        + " LOGIN CREATEDB PASSWORD 'limited' IN ROLE pg_signal_backend; END IF; END $$");
        settings.put("belay.servers.limited.host", server.host());
        settings.put("belay.servers.limited.port", Integer.toString(server.port()));
        settings.put("belay.servers.limited.user", LIMITED_ROLE);
        settings.put("belay.servers.limited.password", "limited");
    }

    @Override
    public void stop() {}

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("belay-test-projects-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
