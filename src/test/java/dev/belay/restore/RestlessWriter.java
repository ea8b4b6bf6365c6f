package dev.belay.restore;

import dev.belay.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** An application that writes one row after the other, connects again whenever it is thrown out, and remembers each. */
final class RestlessWriter {

    private static final int FIRST = 1000;

    private final TestDatabase database;
    private final String insert;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Integer> written = new ArrayList<>();

    private RestlessWriter(TestDatabase database, String insert) {
        this.database = database;
        this.insert = insert;
    }

    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    static RestlessWriter start(TestDatabase database, String insert) {
        RestlessWriter writer = new RestlessWriter(database, insert);
        writer.running = CompletableFuture.runAsync(writer::write);
        return writer;
    }

    /** The numbers of the rows that the server has said are written. */
    List<Integer> stop() throws Exception {
        stopped.set(true);
        running.get(30, TimeUnit.SECONDS);
        return written;
    }

    private void write() {
        int next = FIRST;
        while (!stopped.get()) {
            try (Connection session = database.address().openPlain();
                    PreparedStatement statement = session.prepareStatement(insert)) {
                while (!stopped.get()) {
                    statement.setInt(1, next++);
                    statement.executeUpdate();
                    written.add(next - 1);
                    TimeUnit.MILLISECONDS.sleep(2);
                }
            } catch (SQLException e) {
                if ("42P01".equals(e.getSQLState())) {
                    return; // the table has its old name again
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
