package dev.belay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgDumpIT {

    private final Binaries binaries = TestPostgres.binaries();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\"b",
                "new\nline",
                "-rf",
                "--help",
                "ünï",
                "host=127.0.0.9",
                "it's",
                "back\\slash",
                "sp ace",
                "a=b c='d'",
                "postgresql://127.0.0.9/x",
                "%2e%2e",
                "$HOME `id`"
            })
    void a_database_of_any_name_is_dumped_and_restored(String name) throws SQLException {
        String unique = name + UUID.randomUUID().toString().substring(0, 8);
        DatabaseAddress source = TestPostgres.freshDatabase(unique);
        TestPostgres.execute(source, "CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
        PgDump.dump(binaries, source, directory.resolve("dump"), PgDump.Options.defaults(), Monitor.none());

        DatabaseAddress copy = TestPostgres.freshDatabase(unique + " copy");
        PgRestore.restore(binaries, directory.resolve("dump"), copy, PgRestore.Options.fast(), Monitor.none());

        assertThat(count(copy, "t")).isEqualTo(2);
    }

    @Test
    void a_name_like_a_connection_string_contacts_nobody() throws IOException {
        try (ServerSocket evil = new ServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 9}))) {
            evil.setSoTimeout(1);
            DatabaseAddress source = TestPostgres.freshDatabase("host=127.0.0.9 port=" + evil.getLocalPort());
            PgDump.dump(binaries, source, directory.resolve("dump"), PgDump.Options.defaults(), Monitor.none());
            PgRestore.restore(binaries, directory.resolve("dump"), source, PgRestore.Options.fast(), Monitor.none());

            assertThatThrownBy(evil::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void a_dump_sees_exactly_the_snapshot_it_was_given() throws SQLException {
        DatabaseAddress source = TestPostgres.freshDatabase();
        TestPostgres.execute(source, "CREATE TABLE t (id int)", "INSERT INTO t VALUES (1)");
        try (Connection holder = source.open()) {
            holder.setAutoCommit(false);
            holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            String snapshot = text(holder, "SELECT pg_export_snapshot()");
            TestPostgres.execute(source, "INSERT INTO t VALUES (2)");
            PgDump.Options options = PgDump.Options.defaults().withSnapshot(snapshot);
            PgDump.dump(binaries, source, directory.resolve("dump"), options, Monitor.none());
        }
        DatabaseAddress copy = TestPostgres.freshDatabase();
        PgRestore.restore(binaries, directory.resolve("dump"), copy, PgRestore.Options.fast(), Monitor.none());

        assertThat(count(copy, "t")).isEqualTo(1);
    }

    @Test
    void a_dump_stopped_by_its_monitor_ends_promptly_with_the_monitors_problem() throws Exception {
        DatabaseAddress source = TestPostgres.freshDatabase();
        TestPostgres.execute(source, "CREATE TABLE t (id int)");
        try (Connection blocker = source.openPlain();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE t");
            StoppableMonitor monitor = new StoppableMonitor();
            Thread stopper = new Thread(() -> {
                Waiting.until(() -> sessionsOf("belay-stopped") > 0);
                monitor.stop();
            });
            stopper.start();
            PgDump.Options options = PgDump.Options.defaults().withApplicationName("belay-stopped");
            long start = System.nanoTime();

            assertThatThrownBy(() -> PgDump.dump(binaries, source, directory.resolve("dump"), options, monitor))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.CANCELLED));
            assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
            stopper.join();
        }
        Waiting.until(() -> sessionsOf("belay-stopped") == 0);
    }

    @Test
    void a_table_that_stays_locked_fails_the_dump_with_postgresqls_own_message() throws SQLException {
        DatabaseAddress source = TestPostgres.freshDatabase();
        TestPostgres.execute(source, "CREATE TABLE t (id int)");
        PgDump.Options options = new PgDump.Options(1, null, java.time.Duration.ofMillis(200), "belay-dump", 0, false);
        try (Connection blocker = source.openPlain();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE t");

            assertThatThrownBy(() -> PgDump.dump(binaries, source, directory.resolve("dump"), options, Monitor.none()))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.TOOL_FAILED))
                    .hasMessageContaining("LOCK TABLE public.t");
        }
    }

    @Test
    void progress_grows_with_the_tables() {
        DatabaseAddress source = TestPostgres.freshDatabase();
        TestPostgres.execute(source, "CREATE TABLE a (id int)", "CREATE TABLE b (id int)");
        StoppableMonitor monitor = new StoppableMonitor();
        PgDump.Options options = PgDump.Options.defaults().withExpectedTables(2);
        PgDump.dump(binaries, source, directory.resolve("dump"), options, monitor);

        assertThat(monitor.details()).contains("dumping \"public.a\"", "dumping \"public.b\"");
        assertThat(monitor.fractions()).isSorted().allMatch(fraction -> fraction >= 0 && fraction < 1);
        assertThat(PgRestore.list(binaries, directory.resolve("dump")))
                .filteredOn(entry -> entry.contains("TABLE DATA"))
                .hasSize(2);
    }

    private static long sessionsOf(String applicationName) {
        try (Connection connection = TestPostgres.server().maintenance().open()) {
            return Long.parseLong(text(
                    connection,
                    "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE application_name = "
                            + Identifiers.literal(applicationName)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(DatabaseAddress database, String table) throws SQLException {
        try (Connection connection = database.openPlain()) {
            return Long.parseLong(text(connection, "SELECT count(*) FROM " + Identifiers.quote(table)));
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            assertThat(answer.next()).isTrue();
            return List.of(answer.getString(1)).get(0);
        }
    }
}
