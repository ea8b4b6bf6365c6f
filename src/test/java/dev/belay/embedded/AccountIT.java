package dev.belay.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.embedded.EmbeddedServer.Options;
import dev.belay.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way for containers in which root may not create a user namespace. */
class AccountIT {

    @TempDir
    private Path temporary;

    @BeforeEach
    void onlyAsRootBesideAnAccountCalledPostgres() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")));
        assumeTrue(Files.readString(Path.of("/etc/passwd")).contains("\npostgres:"));
    }

    @Test
    void without_namespaces_the_server_runs_as_the_account_postgres() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path directory = Directories.createPrivate(temporary.resolve("server"));
        Options options = Options.durable(directory, TestPostgres.binaries());
        Cluster cluster = new Cluster(options, Account.postgres(directory));
        cluster.prepare();
        Postmaster postmaster = new Postmaster(cluster, options);
        try (Connection connection = postmaster.start().maintenance().open()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(new PidFile(cluster.data())
                            .process()
                            .flatMap(server -> server.info().user()))
                    .contains("postgres");
        } finally {
            assertThat(postmaster.stop("fast", 30)).isTrue();
        }

        // Back on a host that does allow namespaces, the same directory goes on working.
        try (EmbeddedServer server = EmbeddedServer.start(options)) {
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void a_directory_that_the_account_cannot_reach_is_refused_with_the_ways_out() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
        Path directory = Directories.createPrivate(temporary.resolve("server"));

        assertThatThrownBy(() -> Account.postgres(directory)).hasMessageContaining("Run Belay as an ordinary user");
    }
}
