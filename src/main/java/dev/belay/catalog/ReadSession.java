package dev.belay.catalog;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.TrackedDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A session that reads at one snapshot for as long as it is open, and cannot write. */
record ReadSession(Connection connection) implements AutoCloseable {

    /** At the snapshot that another session exported; at one of its own when {@code snapshotId} is null. */
    static ReadSession open(DatabaseAddress database, @Nullable String snapshotId) throws SQLException {
        ReadSession session = new ReadSession(database.open());
        try (Statement statement = session.connection.createStatement()) {
            session.connection.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            if (snapshotId != null) {
                statement.execute("SET TRANSACTION SNAPSHOT " + Identifiers.literal(snapshotId));
            }
            // JIT pays off in none of these queries and costs a compilation in each
            statement.execute(
                    "SET LOCAL jit = off; SET LOCAL lc_monetary = 'C'; SET LOCAL quote_all_identifiers = off");
            return session;
        } catch (SQLException | RuntimeException e) {
            session.connection.close();
            throw e;
        }
    }

    /** An id by which other sessions see what this one sees, until this one is closed. */
    String exportSnapshot() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Cancels what it is doing and cuts it off; it does nothing from then on. */
    void abort() {
        TrackedDataSource.abort(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
