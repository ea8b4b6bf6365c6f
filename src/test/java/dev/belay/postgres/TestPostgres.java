package dev.belay.postgres;

import dev.belay.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One real server for all tests of a run, in an odd time zone; it and its directory vanish with the JVM. */
public final class TestPostgres {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestPostgres() {}

    private static final class Holder {
        static final EmbeddedServer SERVER = launch();
    }

    public static ServerAddress server() {
        return Holder.SERVER.address();
    }

    public static Binaries binaries() {
        return Binaries.findServer(null);
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

    /** A new database with all that the template has; nobody may be connected to that one. */
    public static DatabaseAddress freshDatabase(String name, DatabaseAddress template) {
        execute(
                server().maintenance(),
                "CREATE DATABASE " + Identifiers.quote(name) + " TEMPLATE " + Identifiers.quote(template.name())
                        + " STRATEGY file_copy");
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

    private static EmbeddedServer launch() {
        try {
            Path directory = Files.createTempDirectory("belay-test-postgres-");
            EmbeddedServer server = EmbeddedServer.start(EmbeddedServer.Options.scratch(directory, binaries())
                    .with("timezone", "Asia/Kathmandu")
                    .with("wal_level", "logical")
                    .with("max_wal_senders", "4")
                    .with("max_wal_size", "1GB"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.stop();
                delete(directory);
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
