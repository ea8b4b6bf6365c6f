package dev.belay.process;

import dev.belay.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Holds the service at an exact moment: a trigger in its control database makes it wait, in the middle of writing something
 * down, for a lock that the test has. What it was about to write is not committed then.
 */
final class Breakpoint implements AutoCloseable {

    private static final long KEY = 7_001;
    private static final String WAITING =
            "SELECT min(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted" + " AND objid = " + KEY
                    + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private final Connection session;
    private final String table;
    private boolean open = true;

    private Breakpoint(DatabaseAddress control, String table, String condition) throws SQLException {
        this.session = control.openPlain();
        this.table = table;
        execute("SELECT pg_advisory_lock(" + KEY + ")");
        execute("CREATE OR REPLACE FUNCTION breakpoint() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_advisory_xact_lock(" + KEY + "); RETURN NEW; END $$");
        execute("CREATE TRIGGER breakpoint BEFORE UPDATE ON " + table + " FOR EACH ROW WHEN (" + condition
                + ") EXECUTE FUNCTION breakpoint()");
    }

    /** When a step is about to be written down as being in a state. */
    static Breakpoint atStep(DatabaseAddress control, String step, String state) throws SQLException {
        return new Breakpoint(
                control,
                "job_step",
                "NEW.name = '" + step + "' AND NEW.state = '" + state + "' AND OLD.state <> NEW.state");
    }

    /** When a change of a job's row is about to be written down, such as {@code NEW.no_return}. */
    static Breakpoint atJob(DatabaseAddress control, String condition) throws SQLException {
        return new Breakpoint(control, "job", condition);
    }

    /** When a job is about to keep another evidence in place of one of its type. */
    static Breakpoint atEvidence(DatabaseAddress control, String condition) throws SQLException {
        return new Breakpoint(control, "job_evidence", condition);
    }

    /** Until the service is there. */
    void await() {
        Soon.until(() -> waiting() != 0);
    }

    /** Kills the service when it is there. */
    void kill(BelayProcess service) throws SQLException {
        await();
        service.killNine();
        lose();
    }

    /** For when the service is dead: what it was about to write down is lost. */
    void lose() throws SQLException {
        execute("SELECT pg_terminate_backend(" + waiting() + ")");
        Soon.until(() -> waiting() == 0);
        close();
    }

    /** Lets the service go on. */
    @Override
    public void close() throws SQLException {
        if (open) {
            open = false;
            execute("SELECT pg_advisory_unlock(" + KEY + ")");
            execute("DROP TRIGGER breakpoint ON " + table);
            session.close();
        }
    }

    private int waiting() throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(WAITING)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
