package dev.belay;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A control database of its own and one managed database, {@code madaris}: empty, on the same server, with the demo
 * project. Tests reach it through the registry.
 */
public class BelayTestResource implements QuarkusTestResourceLifecycleManager {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Override
    public Map<String, String> start() {
        int number = COUNT.incrementAndGet();
        DatabaseAddress control = TestPostgres.freshDatabase("control_" + number);
        DatabaseAddress target = TestPostgres.freshDatabase("madaris_" + number);
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.datasource.jdbc.url", control.jdbcUrl());
        settings.put("quarkus.datasource.username", control.server().user());
        settings.put(
                "quarkus.datasource.password", String.valueOf(control.server().password()));
        settings.put("belay.access.required", "false");
        settings.put("belay.data-directory", temporaryDirectory().toString());
        settings.put("belay.servers.main.host", target.server().host());
        settings.put("belay.servers.main.port", Integer.toString(target.server().port()));
        settings.put("belay.servers.main.user", target.server().user());
        settings.put(
                "belay.servers.main.password", String.valueOf(target.server().password()));
        settings.put(
                "belay.projects.madaris.path",
                Path.of("deploy/projects/madaris").toAbsolutePath().toString());
        settings.put("belay.databases.madaris.server", "main");
        settings.put("belay.databases.madaris.name", target.name());
        settings.put("belay.databases.madaris.project", "madaris");
        return settings;
    }

    @Override
    public void stop() {}

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("belay-test-data-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
