package dev.belay.process;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;

/** Holds a service back in the middle of its work on a managed server, by a lock that it needs there. */
final class Stall implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Stall.class);
    private static final String RENAMES = " AND query LIKE 'ALTER DATABASE%RENAME%'";

    private final Connection session;
    private final DatabaseAddress maintenance;
    private final String stalled;

    private Stall(DatabaseAddress where, String lock, String stalled) throws SQLException {
        this.session = where.openPlain();
        this.maintenance = where.server().maintenance();
        this.stalled = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'" + stalled;
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute(lock);
        }
    }

    /** Where a table is read or written. */
    static Stall table(DatabaseAddress database, String table) throws SQLException {
        return new Stall(database, "LOCK TABLE " + table, " AND datname = '" + database.name() + "'");
    }

    /** Where the names change. */
    static Stall rename(DatabaseAddress successor) throws SQLException {
        return new Stall(
                successor.server().maintenance(), "COMMENT ON DATABASE " + successor.name() + " IS 'held'", RENAMES);
    }

    /** What a restore puts up to take over the name. */
    static DatabaseAddress successor(DatabaseAddress live, String job) {
        return live.server().database(live.name() + "_restored_" + job.substring(0, 8));
    }

    static boolean isKeptOut(DatabaseAddress database) {
        return Invariants.ask(
                        database.server().maintenance(),
                        "SELECT datallowconn::text FROM pg_database WHERE datname = '" + database.name() + "'")
                .contains("false");
    }

    static void keepOut(DatabaseAddress database, boolean out) {
        TestPostgres.execute(
                database.server().maintenance(), "ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS " + !out);
    }

    /** What a dead service has left would change the names once the stall is over. */
    static void endRename(ServerAddress server) {
        TestPostgres.execute(
                server.maintenance(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE true" + RENAMES);
    }

    /** Until the service is held back. */
    void await() {
        Soon.until(() -> !Invariants.ask(maintenance, stalled).isEmpty());
    }

    /** Lets it go on. */
    @Override
    public void close() {
        try {
            session.rollback();
            session.close();
        } catch (SQLException e) {
            LOG.debug("the server has ended it already", e);
        }
    }
}
