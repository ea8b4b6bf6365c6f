package dev.belay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolFailureIT {

    private final Binaries binaries = TestPostgres.binaries();

    @TempDir
    private Path directory;

    @Test
    void a_failing_pg_dump_hands_on_what_it_said() throws IOException {
        Scripts.write(directory, "pg_dump", "echo 'pg_dump: error: the moon is full' >&2; exit 3");
        ProblemException problem = failure(() -> dump(scripted(), TestPostgres.freshDatabase()));

        assertThat(problem.type()).isEqualTo(ProblemType.TOOL_FAILED);
        assertThat(problem).hasMessageContaining("the moon is full").hasMessageContaining("exit code 3");
    }

    @Test
    void a_file_that_cannot_grow_is_a_full_disk() throws IOException {
        DatabaseAddress source = TestPostgres.freshDatabase();
        TestPostgres.execute(source, "CREATE TABLE t AS SELECT repeat('x', 1000) FROM generate_series(1, 2000)");
        Scripts.write(
                directory, "pg_dump", "trap '' XFSZ; ulimit -f 100; exec " + binaries.tool("pg_dump") + " \"$@\"");

        assertThat(failure(() -> dump(scripted(), source)).type()).isEqualTo(ProblemType.DISK_FULL);
    }

    @Test
    void what_a_dump_leaves_out_with_exit_code_0_fails_it() {
        DatabaseAddress source = TestPostgres.freshDatabase();
        String role = "reader_of_" + source.name();
        TestPostgres.execute(
                source,
                "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p WITH (connect = false)",
                "CREATE ROLE " + role + " LOGIN PASSWORD 'reader' IN ROLE pg_read_all_data");
        DatabaseAddress reader = as(role, "reader", source);

        assertThat(failure(() -> dump(binaries, reader)))
                .hasMessageContaining("subscriptions not dumped")
                .hasMessageContaining("ended with warnings");
        TestPostgres.execute(source, "ALTER SUBSCRIPTION s SET (slot_name = NONE)", "DROP SUBSCRIPTION s");
    }

    @Test
    void a_schema_that_dumps_but_does_not_restore_fails_with_postgresqls_message() {
        DatabaseAddress source = TestPostgres.freshDatabase();
        TestPostgres.execute(
                source,
                "CREATE FUNCTION helper(i int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT i'",
                "CREATE FUNCTION twice(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN helper(i); END'",
                "CREATE TABLE t (i int, j int GENERATED ALWAYS AS (twice(i)) STORED)",
                "INSERT INTO t VALUES (1)");
        dump(binaries, source);

        ProblemException problem = failure(() -> restore(TestPostgres.freshDatabase(), Monitor.none()));

        assertThat(problem.type()).isEqualTo(ProblemType.TOOL_FAILED);
        assertThat(problem).hasMessageContaining("function helper(integer) does not exist");
    }

    @Test
    void a_killed_pg_restore_fails_and_leaves_no_process() {
        DatabaseAddress copy = slowToRestore();
        Thread killer = new Thread(() -> {
            Waiting.until(() -> restores().count() > 1);
            pause();
            ProcessHandle.current().children().filter(ToolFailureIT::isRestore).forEach(ProcessHandle::destroyForcibly);
        });
        killer.start();

        assertThat(failure(() -> restore(copy, Monitor.none())))
                .hasMessageContaining("killed by signal 9")
                .hasMessageContaining("the archive was only read");
        Waiting.until(() -> ProcessHandle.allProcesses().noneMatch(ToolFailureIT::isRestore));
    }

    @Test
    void a_killed_backend_fails_the_restore() {
        DatabaseAddress copy = slowToRestore();
        Thread killer = new Thread(() -> {
            Waiting.until(() -> restores().count() > 1);
            pause();
            TestPostgres.execute(
                    TestPostgres.server().maintenance(),
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                            + Identifiers.literal(copy.name()));
        });
        killer.start();

        assertThat(failure(() -> restore(copy, Monitor.none())).type()).isEqualTo(ProblemType.TOOL_FAILED);
    }

    @Test
    void the_password_is_in_no_argument_and_no_environment() throws SQLException {
        DatabaseAddress source = TestPostgres.freshDatabase();
        String role = "owner_of_" + source.name();
        String marked = "marked-pass:word\\'1";
        TestPostgres.execute(
                source,
                "CREATE ROLE " + role + " LOGIN IN ROLE pg_read_all_data PASSWORD " + Identifiers.literal(marked),
                "CREATE TABLE t (id int)",
                "ALTER TABLE t OWNER TO " + role);
        List<String> seen = new ArrayList<>();
        try (Connection blocker = source.openPlain();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE t");
            StoppableMonitor monitor = new StoppableMonitor();
            Thread spy = new Thread(() -> {
                Waiting.until(() -> isWaiting(source));
                ProcessHandle.current().descendants().forEach(child -> seen.add(exposed(child)));
                monitor.stop();
            });
            spy.start();
            assertThat(failure(() -> PgDump.dump(
                                    binaries,
                                    as(role, marked, source),
                                    directory.resolve("dump"),
                                    PgDump.Options.defaults(),
                                    monitor))
                            .type())
                    .isEqualTo(ProblemType.CANCELLED);
        }

        assertThat(seen).anyMatch(text -> text.contains("dbname=")).noneMatch(text -> text.contains("marked-pass"));
    }

    private DatabaseAddress slowToRestore() {
        DatabaseAddress source = TestPostgres.freshDatabase();
        TestPostgres.execute(
                source,
                "CREATE FUNCTION slow(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF current_database() <> '" + source.name() + "' THEN PERFORM pg_sleep(60); END IF;"
                        + " RETURN i; END $$",
                "CREATE TABLE t (i int)",
                "INSERT INTO t VALUES (1)",
                "CREATE INDEX ON t (slow(i))");
        dump(binaries, source);
        return TestPostgres.freshDatabase();
    }

    private void dump(Binaries programs, DatabaseAddress source) {
        PgDump.dump(programs, source, directory.resolve("dump"), PgDump.Options.defaults(), Monitor.none());
    }

    private void restore(DatabaseAddress copy, Monitor monitor) {
        PgRestore.restore(binaries, directory.resolve("dump"), copy, PgRestore.Options.fast(), monitor);
    }

    private Binaries scripted() {
        return new Binaries(directory, binaries.major());
    }

    private static DatabaseAddress as(String role, String password, DatabaseAddress database) {
        ServerAddress server = database.server();
        return new ServerAddress(server.host(), server.port(), role, password, "disable", null, "postgres")
                .database(database.name());
    }

    private static ProblemException failure(ThrowingCallable call) {
        List<ProblemException> caught = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, caught::add);
        return caught.get(0);
    }

    private static boolean isWaiting(DatabaseAddress database) throws SQLException {
        try (Connection connection = database.server().maintenance().open();
                Statement statement = connection.createStatement();
                var answer = statement.executeQuery("SELECT 1 FROM pg_catalog.pg_stat_activity WHERE datname = "
                        + Identifiers.literal(database.name()) + " AND wait_event_type = 'Lock'")) {
            return answer.next();
        }
    }

    private static String exposed(ProcessHandle process) {
        try {
            Path proc = Path.of("/proc", String.valueOf(process.pid()));
            return Files.readString(proc.resolve("cmdline")) + Files.readString(proc.resolve("environ"));
        } catch (IOException e) {
            return "";
        }
    }

    private static Stream<ProcessHandle> restores() {
        return ProcessHandle.current().descendants().filter(ToolFailureIT::isRestore);
    }

    private static boolean isRestore(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/pg_restore");
    }

    /** Long enough for the workers to have been seen. */
    private static void pause() {
        try {
            Thread.sleep(1500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
