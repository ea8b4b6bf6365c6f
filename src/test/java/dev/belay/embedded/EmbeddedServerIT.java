package dev.belay.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.embedded.EmbeddedServer.Kind;
import dev.belay.embedded.EmbeddedServer.Options;
import dev.belay.postgres.Binaries;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import dev.belay.postgres.Waiting;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedServerIT {

    private final Binaries binaries = TestPostgres.binaries();

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void chooseDirectory() throws IOException {
        directory = temporary.toRealPath().resolve("it's a \"$server\"");
    }

    @AfterEach
    void killWhatIsLeft() throws IOException {
        new PidFile(directory.resolve("data")).process().ifPresent(ProcessHandle::destroyForcibly);
        Waiting.until(() -> !new PidFile(directory.resolve("data")).isAlive());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void data_outlives_a_stop(Kind kind) throws SQLException {
        try (EmbeddedServer server = start(kind)) {
            keepSomething(server.address());
        }
        try (EmbeddedServer server = start(kind)) {
            assertThat(isKept(server.address())).isTrue();
            assertThat(server.isRunning()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_server_that_outlived_a_killed_belay_is_taken_over(Kind kind) throws Exception {
        Process victim = launchVictim(kind);
        long postmaster = postmaster().pid();
        victim.destroyForcibly().waitFor();

        try (EmbeddedServer server = start(kind)) {
            assertThat(postmaster().pid()).isEqualTo(postmaster);
            keepSomething(server.address());
        }
        Waiting.until(() -> ProcessHandle.of(postmaster).isEmpty());
    }

    @Test
    void two_belays_never_share_a_directory() throws Exception {
        Process victim = launchVictim(Kind.SCRATCH);

        assertThatThrownBy(() -> start(Kind.SCRATCH))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.SERVER_FAILED))
                .hasMessageContaining("Another Belay is using " + directory);

        victim.destroyForcibly().waitFor();
    }

    @Test
    void two_servers_in_one_jvm_never_share_a_directory_either() {
        try (EmbeddedServer server = start(Kind.SCRATCH)) {
            assertThatThrownBy(() -> start(Kind.SCRATCH)).hasMessageContaining("Another Belay is using");
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void a_crashed_scratch_server_begins_empty() throws SQLException {
        EmbeddedServer crashed = start(Kind.SCRATCH);
        keepSomething(crashed.address());
        crash(crashed);

        try (EmbeddedServer server = start(Kind.SCRATCH)) {
            assertThat(isKept(server.address())).isFalse();
        }
        assertThat(directory.resolve("data.discarded")).doesNotExist();
    }

    @Test
    void a_crashed_durable_server_recovers() throws SQLException {
        EmbeddedServer crashed = start(Kind.DURABLE);
        keepSomething(crashed.address());
        crash(crashed);

        try (EmbeddedServer server = start(Kind.DURABLE)) {
            assertThat(isKept(server.address())).isTrue();
        }
    }

    @Test
    void a_scratch_server_that_was_never_synced_begins_empty_after_a_reboot() throws Exception {
        try (EmbeddedServer server = start(Kind.SCRATCH)) {
            keepSomething(server.address());
        }
        Files.writeString(directory.resolve("trust"), "the boot before");
        try (EmbeddedServer server = start(Kind.SCRATCH)) {
            assertThat(isKept(server.address())).isFalse();
        }
    }

    @Test
    void a_process_id_that_a_stranger_has_got_does_not_stop_the_start() throws Exception {
        start(Kind.DURABLE).stop();
        String stale = ProcessHandle.current().pid() + "\n" + directory.resolve("data") + "\n1\n5432\n\n127.0.0.1\n";
        Files.writeString(directory.resolve("data/postmaster.pid"), stale);

        try (EmbeddedServer server = start(Kind.DURABLE)) {
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void a_half_made_server_is_never_used() throws Exception {
        Files.createDirectories(directory.resolve("data.new/base"));
        try (EmbeddedServer server = start(Kind.DURABLE)) {
            assertThat(server.isRunning()).isTrue();
        }
        assertThat(directory.resolve("data.new")).doesNotExist();
    }

    @Test
    void durable_data_of_another_major_version_is_refused_and_left_alone() throws Exception {
        start(Kind.DURABLE).stop();
        Files.writeString(directory.resolve("data/PG_VERSION"), "9\n");

        assertThatThrownBy(() -> start(Kind.DURABLE))
                .hasMessageContaining("is of PostgreSQL 9")
                .hasMessageContaining("Nothing was changed");
        assertThat(directory.resolve("data/base")).exists();
    }

    @Test
    void a_scratch_server_of_another_major_version_is_made_anew() throws Exception {
        start(Kind.SCRATCH).stop();
        Files.writeString(directory.resolve("data/PG_VERSION"), "9\n");
        try (EmbeddedServer server = start(Kind.SCRATCH)) {
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void a_durable_server_whose_password_is_lost_says_so() throws Exception {
        start(Kind.DURABLE).stop();
        Files.delete(directory.resolve("password"));

        assertThatThrownBy(() -> start(Kind.DURABLE)).hasMessageContaining("password file");
    }

    @Test
    void only_the_password_lets_one_in_and_only_its_owner_can_read_it() throws Exception {
        try (EmbeddedServer server = start(Kind.SCRATCH)) {
            Properties wrong = server.address().maintenance().jdbcProperties();
            wrong.setProperty("password", "guess");

            assertThatThrownBy(() -> DriverManager.getConnection(
                            server.address().maintenance().jdbcUrl(), wrong))
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void databases_of_other_encodings_and_locales_can_be_made() {
        try (EmbeddedServer server = start(Kind.SCRATCH)) {
            TestPostgres.execute(
                    server.address().maintenance(),
                    "CREATE DATABASE old ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        }
    }

    @Test
    void other_settings_restart_a_server_that_was_left_running() throws Exception {
        launchVictim(Kind.SCRATCH).destroyForcibly().waitFor();
        Options options = Options.scratch(directory, binaries).with("work_mem", "7MB");

        try (EmbeddedServer server = EmbeddedServer.start(options)) {
            assertThat(answer(server.address(), "SHOW work_mem")).isEqualTo("7MB");
        }
    }

    private EmbeddedServer start(Kind kind) {
        return EmbeddedServer.start(new Options(directory, binaries, kind, "C.UTF-8", Map.of()));
    }

    private Process launchVictim(Kind kind) throws IOException {
        Process victim = Victim.launch(kind == Kind.SCRATCH ? "scratch" : "durable", directory);
        Waiting.until(() -> Files.exists(Victim.ready(directory)));
        return victim;
    }

    private ProcessHandle postmaster() {
        return new PidFile(directory.resolve("data")).process().orElseThrow();
    }

    /** As if power failed for the server alone: no shutdown, and Belay's lock is free again. */
    private void crash(EmbeddedServer server) {
        postmaster().destroyForcibly();
        Waiting.until(() -> !server.isRunning());
        server.stop();
    }

    private static void keepSomething(ServerAddress server) throws SQLException {
        TestPostgres.execute(server.maintenance(), "CREATE TABLE public.kept (id int)");
    }

    private static boolean isKept(ServerAddress server) throws SQLException {
        return answer(server, "SELECT to_regclass('public.kept') IS NOT NULL").equals("t");
    }

    private static String answer(ServerAddress server, String sql) throws SQLException {
        try (Connection connection = server.maintenance().open();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
