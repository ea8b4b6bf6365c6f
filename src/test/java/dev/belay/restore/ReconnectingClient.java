package dev.belay.restore;

import dev.belay.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** An application that connects anew for each row it writes, and remembers for how long at most it could not. */
final class ReconnectingClient {

    private static final Logger LOG = Logger.getLogger(ReconnectingClient.class);

    private final DatabaseAddress database;
    private final String insert;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private long longestGap;
    private int written;

    private ReconnectingClient(DatabaseAddress database, String insert) {
        this.database = database;
        this.insert = insert;
    }

    static ReconnectingClient start(DatabaseAddress database, String insert) {
        ReconnectingClient client = new ReconnectingClient(database, insert);
        client.running = CompletableFuture.runAsync(client::write);
        return client;
    }

    /** The longest time between two rows that the server said are written. */
    Duration stop() throws Exception {
        stopped.set(true);
        running.get(1, TimeUnit.MINUTES);
        return Duration.ofNanos(longestGap);
    }

    /** How many rows the server said are written; to be asked after the stop. */
    int written() {
        return written;
    }

    private void write() {
        long last = System.nanoTime();
        while (!stopped.get()) {
            try (Connection session = database.openPlain();
                    Statement statement = session.createStatement()) {
                statement.execute(insert);
                written++;
                long now = System.nanoTime();
                longestGap = Math.max(longestGap, now - last);
                last = now;
            } catch (SQLException e) {
                LOG.debug("again", e);
            }
        }
    }
}
