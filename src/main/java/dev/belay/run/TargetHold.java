package dev.belay.run;

import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.Patient;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The exclusive hold on one managed database: a session-level advisory lock on its own server, so that two runners never
 * change it at once even when the queue believes that one of them is dead. Taken in the server's maintenance database,
 * because a session in the database itself would stand in the way of the name swap.
 */
public final class TargetHold implements AutoCloseable {

    /** "BELA", the first half of the two-part lock key; the second is the hash of the database's name. */
    private static final int LOCK_CLASS = 0x42454c41;

    private final ManagedDatabase database;
    private final Connection session;

    private TargetHold(ManagedDatabase database, Connection session) {
        this.database = database;
        this.session = session;
    }

    /**
     * The hold, waited for.
     *
     * @throws dev.belay.problem.ProblemException CONFLICT when a job of the database keeps it for too long
     */
    public static TargetHold take(ManagedDatabase database, RunConfig config, Monitor monitor) throws SQLException {
        Connection session = Patient.open(database.address().server().maintenance(), config.reachTimeout(), monitor);
        TargetHold hold = new TargetHold(database, session);
        try {
            hold.acquire(config.holdTimeout(), monitor);
            return hold;
        } catch (SQLException | RuntimeException e) {
            hold.close();
            throw e;
        }
    }

    /** The hold, unless a job of the database has it now: for what nobody waits for. */
    public static Optional<TargetHold> tryTake(ManagedDatabase database) throws SQLException {
        TargetHold hold = new TargetHold(
                database, database.address().server().maintenance().open());
        try {
            if (hold.tryAcquire()) {
                return Optional.of(hold);
            }
        } catch (SQLException | RuntimeException e) {
            hold.close();
            throw e;
        }
        hold.close();
        return Optional.empty();
    }

    /** Whether the lock is still ours: it is exactly as long as its session lives. */
    boolean isHeld() {
        try {
            return session.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private void acquire(Duration timeout, Monitor monitor) throws SQLException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!tryAcquire()) {
            monitor.check();
            if (System.nanoTime() > deadline) {
                throw ProblemType.CONFLICT.because("Another runner has held the database " + database.name() + " for "
                        + timeout.toSeconds() + " s (session " + holder() + " on "
                        + database.address().server()
                        + "). This job changed nothing. If that process is known to be dead, end that session with"
                        + " pg_terminate_backend, then ask again.");
            }
            monitor.progress(0, "waiting for another runner's hold on the database to end");
            Patient.pause(Duration.ofMillis(500));
        }
    }

    private boolean tryAcquire() throws SQLException {
        return ask("SELECT pg_try_advisory_lock(?, hashtext(?))").equals("t");
    }

    private String holder() throws SQLException {
        String pid = ask("SELECT coalesce(max(pid)::text, 'that ended just now') FROM pg_locks"
                + " WHERE locktype = 'advisory' AND granted AND classid::bigint = ?"
                + " AND objid::bigint = hashtext(?)::bigint & 4294967295");
        return pid.matches("\\d+") ? "with pid " + pid : pid;
    }

    private String ask(String sql) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setInt(1, LOCK_CLASS);
            statement.setString(2, database.address().name());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (SQLException e) {
            // The lock goes with the session, and the session is gone.
            Logger.getLogger(TargetHold.class).debug("closing the hold", e);
        }
    }
}
