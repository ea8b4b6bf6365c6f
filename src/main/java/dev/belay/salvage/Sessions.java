package dev.belay.salvage;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one pass: those that read see one snapshot each, and what is written to the restored copy is one
 * transaction. They are open before applications are kept out; the live snapshot is taken after that, by {@link #look}.
 */
final class Sessions implements AutoCloseable {

    private static final String READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
            + " SET LOCAL jit = off; SET LOCAL lc_monetary = 'C'; SET LOCAL work_mem = '96MB'";
    /** A database that lets nobody in lets no parallel workers in either, on some releases. */
    private static final String ALONE = READ + "; SET LOCAL max_parallel_workers_per_gather = 0";

    private static final String HORIZON =
            "SELECT pg_catalog.mod(pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::numeric,"
                    + " 4294967296)::text";

    private static final String WRITE = "SET LOCAL jit = off; SET LOCAL lc_monetary = 'C'; SET LOCAL work_mem = '96MB'";

    private final List<Connection> opened = new ArrayList<>();
    private final Monitor.Registration registration;
    private final Connection live;
    private final Connection migrated;
    private final Connection backup;
    private final Connection restored;
    private final Connection successor;
    private @Nullable WriteTokens tokens;
    private @Nullable String horizon;

    private Sessions(Merge.Databases databases, Monitor monitor) throws SQLException {
        registration = monitor.onStop(this::abort);
        try {
            live = open(databases.live());
            migrated = reading(databases.migrated());
            backup = reading(databases.backup());
            restored = reading(databases.successor());
            successor = open(databases.successor());
            begin(successor, WRITE);
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    static Sessions open(Merge.Databases databases, Monitor monitor) throws SQLException {
        return new Sessions(databases, monitor);
    }

    /** Takes the live snapshot; the tokens come before it, so that no write can be in them and not in it. */
    void look() throws SQLException {
        tokens = WriteTokens.read(live);
        live.setAutoCommit(false);
        try (Statement statement = live.createStatement()) {
            // One round trip: applications may be kept out for as long as this takes.
            boolean isRows = statement.execute(ALONE + "; " + HORIZON);
            while (!isRows) {
                isRows = statement.getMoreResults();
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                horizon = row.getString(1);
            }
        }
    }

    WriteTokens tokens() {
        return Objects.requireNonNull(tokens);
    }

    /** The oldest transaction that is not over in the live snapshot: what is written from now on has no older one. */
    String horizon() {
        return Objects.requireNonNull(horizon);
    }

    int livePid() throws SQLException {
        try (Statement statement = live.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    Connection live() {
        return live;
    }

    /** Where a table's merge base is. */
    Connection base(TablePair pair) {
        return pair.isBaseMigrated() ? migrated : backup;
    }

    Connection migrated() {
        return migrated;
    }

    Connection backup() {
        return backup;
    }

    /** The restored copy as it was before this pass. */
    Connection restored() {
        return restored;
    }

    /** The restored copy, to be written. */
    Connection successor() {
        return successor;
    }

    @Override
    public void close() throws SQLException {
        registration.close();
        for (Connection session : opened) {
            session.close();
        }
    }

    private Connection reading(DatabaseAddress database) throws SQLException {
        Connection session = open(database);
        begin(session, READ);
        return session;
    }

    private synchronized Connection open(DatabaseAddress database) throws SQLException {
        Connection session = database.open();
        opened.add(session);
        return session;
    }

    private static void begin(Connection session, String settings) throws SQLException {
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute(settings);
        }
    }

    private synchronized void abort() {
        for (Connection session : opened) {
            try {
                session.abort(Runnable::run);
            } catch (SQLException e) {
                // it is over already, or its server is
            }
        }
    }
}
