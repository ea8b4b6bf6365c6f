package dev.belay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PasswordFileTest {

    @Test
    void fields_are_escaped() {
        assertThat(PasswordFile.content(server("::1", "a:b\\c"))).isEqualTo("\\:\\:1:5432:*:us\\:er:a\\:b\\\\c\n");
    }

    @Test
    void without_a_password_the_file_is_empty() {
        assertThat(PasswordFile.content(server("h", null))).isEmpty();
    }

    @Test
    void a_password_with_a_line_break_is_refused_rather_than_cut() {
        assertThatThrownBy(() -> PasswordFile.content(server("h", "a\nb"))).hasMessageContaining("line break");
    }

    @Test
    void only_the_owner_reads_it_and_it_is_gone_after_the_call() throws IOException {
        Path path;
        try (PasswordFile file = PasswordFile.write(server("h", "secret"))) {
            path = file.path();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void the_file_of_a_killed_belay_is_removed_by_the_next() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        assertThat(gone.waitFor(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        Path leftover = Path.of(System.getProperty("java.io.tmpdir"), "belay-" + gone.pid() + "-1.pgpass");
        Files.createFile(leftover);
        try (PasswordFile file = PasswordFile.write(server("h", "secret"))) {
            assertThat(file.path()).exists();
        }
        assertThat(leftover).doesNotExist();
    }

    @Test
    void jobs_that_run_at_once_do_not_disturb_each_other() throws Exception {
        ExecutorService jobs = Executors.newFixedThreadPool(4);
        List<Callable<Boolean>> writes = Collections.nCopies(2000, () -> {
            try (PasswordFile file = PasswordFile.write(server("h", "secret"))) {
                return Files.exists(file.path());
            }
        });
        for (Future<Boolean> write : jobs.invokeAll(writes)) {
            assertThat(write.get()).isTrue();
        }
        jobs.shutdown();
    }

    private static ServerAddress server(String host, @Nullable String password) {
        return new ServerAddress(host, 5432, "us:er", password, "prefer", null, "postgres");
    }
}
