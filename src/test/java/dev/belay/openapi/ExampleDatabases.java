package dev.belay.openapi;

import com.sun.net.httpserver.HttpServer;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The databases that the document's examples name, as the demo configures them: {@code madaris} comes from BelayTestResource,
 * and has an application here; {@code sims}, {@code sims-staging} and {@code sims-dev} are empty.
 */
public class ExampleDatabases implements QuarkusTestResourceLifecycleManager {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<String, String> ENVIRONMENTS =
            Map.of("sims", "production", "sims-staging", "staging", "sims-dev", "development");

    private @Nullable HttpServer application;

    @Override
    public Map<String, String> start() {
        int number = COUNT.incrementAndGet();
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "belay.projects.sims.path",
                Path.of("deploy/projects/sims").toAbsolutePath().toString());
        settings.put("belay.secrets.sims-superuser.value", "of the examples");
        ENVIRONMENTS.forEach((name, environment) -> {
            DatabaseAddress address = TestPostgres.freshDatabase(name.replace('-', '_') + "_" + number);
            String key = "belay.databases." + name + ".";
            settings.put(key + "server", "main");
            settings.put(key + "name", address.name());
            settings.put(key + "project", "sims");
            settings.put(key + "environment", environment);
            settings.put(key + "policy.approval", "false");
        });
        application = application();
        settings.put(
                "belay.databases.madaris.application-url",
                "http://localhost:" + application.getAddress().getPort() + "/");
        return settings;
    }

    private static HttpServer application() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
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
}
