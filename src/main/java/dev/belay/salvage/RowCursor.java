package dev.belay.salvage;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Streams the rows of some buckets in the order of their keys. The session must be in a transaction. */
final class RowCursor implements AutoCloseable {

    private static final int ROWS_AT_ONCE = 200;

    private final @Nullable PreparedStatement statement;
    private final FutureTask<@Nullable ResultSet> query;
    private final int width;
    private @Nullable ResultSet rows;
    private @Nullable Row head;

    private RowCursor(@Nullable PreparedStatement statement, int width) {
        this.statement = statement;
        this.query = new FutureTask<>(() -> statement == null ? null : statement.executeQuery());
        this.width = width;
    }

    /** A row as it is written. */
    static final class Row {
        private final String key;
        private final byte[] order;
        private final List<@Nullable String> values;

        private Row(String key, List<@Nullable String> values) {
            this.key = key;
            this.order = key.getBytes(StandardCharsets.UTF_8);
            this.values = values;
        }

        /** The text of its key. */
        String key() {
            return key;
        }

        /** Null where the value is. */
        List<@Nullable String> values() {
            return values;
        }

        int compareKey(Row other) {
            return Arrays.compareUnsigned(order, other.order);
        }
    }

    /** Over no rows. */
    static RowCursor none() {
        RowCursor none = new RowCursor(null, 0);
        none.query.run();
        return none;
    }

    static RowCursor open(Connection session, Rows rows, int buckets, List<Integer> chosen) throws SQLException {
        return ask(session, rows, buckets, chosen).await();
    }

    /**
     * Has the server begin to sort the rows, which is most of the work, while other servers and sessions are asked too.
     * {@link #await} must come before anything else.
     */
    static RowCursor ask(Connection session, Rows rows, int buckets, List<Integer> chosen) throws SQLException {
        boolean all = chosen.size() == buckets;
        PreparedStatement statement = session.prepareStatement(rows.rowQuery(buckets, all));
        try {
            statement.setFetchSize(ROWS_AT_ONCE);
            if (!all) {
                statement.setArray(1, session.createArrayOf("int4", chosen.toArray()));
            }
            RowCursor cursor = new RowCursor(statement, rows.values().size());
            Thread asking = new Thread(cursor.query, "salvage-cursor");
            asking.setDaemon(true);
            asking.start();
            return cursor;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Until the first row is there. */
    RowCursor await() throws SQLException {
        rows = answer();
        advance();
        return this;
    }

    private @Nullable ResultSet answer() throws SQLException {
        try {
            return query.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException("rows could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows were read", e);
        }
    }

    /** The row at which it stands; null at the end. */
    @Nullable
    Row head() {
        return head;
    }

    void next() throws SQLException {
        advance();
    }

    /** The row at which it stands if it has this key, which is then behind it; null otherwise. */
    @Nullable
    Row takeIf(Row like) throws SQLException {
        Row row = head;
        if (row == null || row.compareKey(like) != 0) {
            return null;
        }
        advance();
        return row;
    }

    private void advance() throws SQLException {
        if (rows == null || !rows.next()) {
            head = null;
            return;
        }
        String key = rows.getString(1);
        List<@Nullable String> values = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            values.add(rows.getString(i + 2));
        }
        head = new Row(key, values);
    }

    @Override
    public void close() throws SQLException {
        head = null;
        if (statement != null) {
            if (!query.isDone()) {
                statement.cancel();
            }
            statement.close();
        }
    }
}
