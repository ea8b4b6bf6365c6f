package dev.belay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {

    @TempDir
    private Path directory;

    @Test
    void a_directory_without_pg_dump_is_refused_with_what_to_install() {
        assertThatThrownBy(() -> Binaries.find(directory))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.TOOL_MISSING))
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("apt-get install postgresql");
    }

    @Test
    void the_version_is_the_one_that_pg_dump_tells() throws IOException {
        Scripts.write(directory, "pg_restore", "exit 0");
        Scripts.write(directory, "pg_dump", "echo 'pg_dump (PostgreSQL) 9.6.24'");

        Binaries old = Binaries.find(directory);

        assertThat(old.major()).isEqualTo(9);
        assertThatThrownBy(() -> old.requireAtLeast(15))
                .hasMessageContaining("version 9")
                .hasMessageContaining("the server is version 15")
                .hasMessageContaining("postgresql-client-15");
        assertThat(old.requireAtLeast(9)).isSameAs(old);
    }

    @Test
    void a_pg_dump_that_is_something_else_is_refused() throws IOException {
        Scripts.write(directory, "pg_restore", "exit 0");
        Scripts.write(directory, "pg_dump", "echo hello");

        assertThatThrownBy(() -> Binaries.find(directory)).hasMessageContaining("does not answer like");
    }

    @Test
    void client_programs_alone_are_no_server() throws IOException {
        Scripts.write(directory, "pg_restore", "exit 0");
        Scripts.write(directory, "pg_dump", "echo 'pg_dump (PostgreSQL) 15.3'");

        assertThatThrownBy(() -> Binaries.findServer(directory)).hasMessageContaining("initdb");
        assertThatThrownBy(() -> Binaries.find(directory).tool("initdb")).hasMessageContaining("postgresql-15");
    }

    @Test
    void the_machines_own_programs_are_found() {
        assertThat(Binaries.findServer(null).major()).isGreaterThanOrEqualTo(13);
    }
}
