package dev.belay.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One real server for all tests of a run, in an odd time zone; it and its directory vanish with the JVM. */
public final class TestPostgres {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestPostgres() {}

    private static final class Holder {
        static final ServerAddress SERVER = launch();
    }

    public static ServerAddress server() {
        return Holder.SERVER;
    }

    /** A new, empty database. */
    public static DatabaseAddress freshDatabase() {
        return freshDatabase("test_" + COUNT.incrementAndGet());
    }

    /** A new, empty database of that name. */
    public static DatabaseAddress freshDatabase(String name) {
        execute(
                server().maintenance(),
                "CREATE DATABASE " + Identifiers.quote(name) + " TEMPLATE template0 STRATEGY file_copy");
        return server().database(name);
    }

    public static void execute(DatabaseAddress database, String... statements) {
        try (Connection connection = database.openPlain();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the newest PostgreSQL of this machine has its programs. */
    public static Path programs() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.max(Comparator.comparing(
                            version -> Integer.valueOf(version.getFileName().toString())))
                    .orElseThrow()
                    .resolve("bin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerAddress launch() {
        try {
            Path directory = Files.createTempDirectory("belay-test-postgres-");
            Path data = directory.resolve("data");
            exec("initdb", "-D", data.toString(), "-U", "belay", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8");
            int port = freePort();
            Files.writeString(data.resolve("postgresql.auto.conf"), settings(port));
            exec("pg_ctl", "-D", data.toString(), "-l", directory.resolve("log").toString(), "-w", "start");
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(pid, directory)));
            return new ServerAddress("127.0.0.1", port, "belay", null, "disable", null, "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String settings(int port) {
        return """
                port = %d
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                max_connections = 100
                fsync = off
                wal_level = logical
                timezone = 'Asia/Kathmandu'
                log_timezone = 'Asia/Kathmandu'
                """.formatted(port);
    }

    private static void stop(long pid, Path directory) {
        ProcessHandle.of(pid).ifPresent(server -> {
            server.destroy();
            server.onExit().completeOnTimeout(server, 20, TimeUnit.SECONDS).join();
        });
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody. */
    private static void exec(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs().resolve(program).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(command + " failed");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
