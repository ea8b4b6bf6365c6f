package dev.belay.embedded;

import dev.belay.embedded.EmbeddedServer.Options;
import dev.belay.postgres.Password;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.Subprocess;
import dev.belay.postgres.Tls;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The server's process: starts it, finds one that outlived its Belay, and stops it. It is nobody's child (pg_ctl gives
 * it a session of its own), so neither a killed Belay nor a Ctrl-C takes it down.
 */
final class Postmaster {

    private static final int ATTEMPTS = 20;
    private static final long LOG_LIMIT = 10_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final Options options;
    private final PidFile pidFile;

    Postmaster(Cluster cluster, Options options) {
        this.cluster = cluster;
        this.options = options;
        this.pidFile = new PidFile(cluster.data());
    }

    /** Starts the server on a free port and returns where it listens. */
    ServerAddress start() throws IOException {
        pidFile.removeIfStale();
        Path log = options.directory().resolve("server.log");
        for (int attempt = 1; ; attempt++) {
            rotate(log);
            long before = Files.exists(log) ? Files.size(log) : 0;
            int port = freePort();
            cluster.configure(port);
            Subprocess.Result result =
                    cluster.run("pg_ctl", "start", "-D", "data", "-l", "server.log", "-w", "-t", "300");
            if (result.exitCode() == 0) {
                return address(port);
            }
            String said = since(log, before);
            // Somebody was faster with the port, or a backend of a killed server is still on its way out.
            boolean passing = said.contains("Address already in use") || said.contains("pre-existing shared memory");
            if (!passing || attempt == ATTEMPTS) {
                throw ProblemType.SERVER_FAILED.because("The server in " + options.directory()
                        + " did not start; its data was not changed. It said:\n"
                        + (said.isBlank() ? String.join("\n", result.errors()) : said));
            }
            Pause.millis(500);
        }
    }

    /** The server that a killed Belay left running, once it answers to the password; empty when there is none. */
    Optional<ServerAddress> adopt() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (pidFile.isAlive()) {
            Optional<ServerAddress> address = answering();
            if (address.isPresent() || System.nanoTime() > deadline) {
                return address;
            }
            Pause.millis(100);
        }
        return Optional.empty();
    }

    boolean isAlive() {
        return pidFile.isAlive();
    }

    /** Returns whether the server is down. */
    boolean stop(String mode, int seconds) {
        if (!isAlive()) {
            return true;
        }
        cluster.run("pg_ctl", "stop", "-D", "data", "-m", mode, "-w", "-t", String.valueOf(seconds));
        return !isAlive();
    }

    /** Asks the server itself which data it serves: another may have got the port meanwhile. */
    private Optional<ServerAddress> answering() throws IOException {
        Optional<Integer> port = pidFile.port();
        if (port.isEmpty() || !Files.isReadable(options.directory().resolve("password"))) {
            return Optional.empty();
        }
        ServerAddress address = address(port.get());
        try (Connection connection = address.maintenance().open();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SHOW data_directory")) {
            return answer.next() && answer.getString(1).equals(cluster.data().toString())
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private ServerAddress address(int port) {
        return new ServerAddress(
                "127.0.0.1",
                port,
                options.kind().superuser(),
                new Password.InFile(cluster.passwordFile()),
                Tls.OFF,
                "postgres");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, log.resolveSibling("server.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String since(Path log, long position) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        byte[] all = Files.readAllBytes(log);
        int from = (int) Math.min(position, all.length);
        List<String> lines = new String(all, from, all.length - from, StandardCharsets.UTF_8)
                .lines()
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
