package dev.belay.health;

import dev.belay.BelayTestResource;
import dev.belay.embedded.EmbeddedServer;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Besides {@code madaris} three databases that are in trouble: {@code stopped} on a server that was stopped, {@code frozen}
 * on one that accepts and never says a word, {@code broken} with a project that cannot be read.
 */
public class TroubleResource extends BelayTestResource {

    private @Nullable ServerSocket frozen;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        try {
            frozen = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            server(settings, "frozen", "127.0.0.1", frozen.getLocalPort());
            ServerAddress stopped = stoppedServer();
            server(settings, "stopped", stopped.host(), stopped.port());
            Path project = Files.createTempDirectory("belay-test-broken-");
            Files.writeString(project.resolve("belay.yaml"), "modules: none");
            settings.put("belay.projects.broken.path", project.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database(settings, "frozen", "frozen", "madaris");
        database(settings, "stopped", "stopped", "madaris");
        database(settings, "broken", "main", "broken");
        return settings;
    }

    @Override
    public void stop() {
        try {
            if (frozen != null) {
                frozen.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerAddress stoppedServer() throws IOException {
        EmbeddedServer server = EmbeddedServer.start(EmbeddedServer.Options.scratch(
                Files.createTempDirectory("belay-test-stopped-"), TestPostgres.binaries()));
        server.stop();
        return server.address();
    }

    private static void server(Map<String, String> settings, String name, String host, int port) {
        settings.put("belay.servers." + name + ".host", host);
        settings.put("belay.servers." + name + ".port", Integer.toString(port));
        settings.put("belay.servers." + name + ".user", "app");
        settings.put("belay.servers." + name + ".password", "swordfish");
    }

    private static void database(Map<String, String> settings, String name, String server, String project) {
        settings.put("belay.databases." + name + ".server", server);
        settings.put("belay.databases." + name + ".project", project);
    }
}
