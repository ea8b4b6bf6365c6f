package dev.belay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Work that has to stop, whether or not it has a session by then. */
class TrackedDataSourceIT {

    private final TrackedDataSource sessions =
            new TrackedDataSource(TestPostgres.server().maintenance(), "tracked");

    @Test
    void what_a_session_does_is_broken_off() throws Exception {
        try (Connection session = sessions.getConnection();
                Statement statement = session.createStatement()) {
            CompletableFuture<Void> stop = CompletableFuture.runAsync(
                    sessions::abort, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
            long start = System.nanoTime();

            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)")).isInstanceOf(SQLException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            stop.join();
        }
    }

    @Test
    void there_is_no_session_any_more_once_it_has_to_stop() {
        sessions.abort();

        assertThatThrownBy(sessions::getConnection).hasMessageContaining("broken off");
    }
}
