package dev.belay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordTest {

    @TempDir
    private Path folder;

    @Test
    void a_file_is_asked_each_time_and_its_line_end_does_not_count() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), " one \r\n");
        ServerAddress server = new ServerAddress("h", 1, "u", new Password.InFile(file), Tls.OFF, "postgres");
        DatabaseAddress database = server.database("d");

        assertThat(database.jdbcProperties()).containsEntry("password", " one ");
        Files.writeString(file, "two");
        assertThat(database.jdbcProperties()).containsEntry("password", "two");
        assertThat(PasswordFile.content(server)).endsWith(":two\n");
    }

    @Test
    void a_file_that_holds_none_is_named_and_not_quoted() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path two = Files.writeString(folder.resolve("long"), "secret\nmore");

        assertThatThrownBy(() -> new Password.InFile(empty).now())
                .hasMessageContainingAll(empty.toString(), "nothing else");
        assertThatThrownBy(() -> new Password.InFile(two).now())
                .hasMessageContaining(two.toString())
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> new Password.InFile(folder.resolve("gone")).now())
                .hasMessageContaining("cannot be read");
    }

    @Test
    void none_is_told_by_the_records_that_have_it() {
        ServerAddress server = new ServerAddress("h", 1, "u", "secret", "disable", null, "postgres");

        assertThat(server.toString() + server.secret() + server.database("d")).doesNotContain("secret");
    }
}
