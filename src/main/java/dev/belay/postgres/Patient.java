package dev.belay.postgres;

import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for servers that are away for a while: restarting, failing over, out of connections. */
public final class Patient {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private Patient() {}

    /**
     * Opens a pinned session, trying again while the server cannot be reached or takes no connections.
     *
     * @throws dev.belay.problem.ProblemException when it cannot be reached in time, or at once when it refuses for a
     *     reason that waiting does not mend
     */
    public static Connection open(DatabaseAddress database, Duration timeout, Monitor monitor) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            monitor.check();
            try {
                return database.open();
            } catch (SQLException e) {
                TlsTrouble.explain(database.server(), e).ifPresent(problem -> {
                    throw problem;
                });
                if (!SqlStates.isConnectionTrouble(e)) {
                    throw ProblemType.DATABASE_ERROR.because(
                            "PostgreSQL refused a session on " + database + ": " + SqlStates.message(e)
                                    + " Check the server's user, password and database in the configuration.",
                            e);
                }
                if (System.nanoTime() > deadline) {
                    throw ProblemType.DATABASE_UNREACHABLE.because(
                            "The server " + database.server() + " could not be reached for " + timeout.toSeconds()
                                    + " s: " + SqlStates.message(e)
                                    + " Nothing was changed by this step. Ask again once it answers.",
                            e);
                }
                monitor.progress(0, "waiting for " + database.server() + " to answer");
                pause(AGAIN);
            }
        }
    }

    /** Sleeps; returns early when the thread is interrupted, which the caller's next check will tell. */
    public static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
