package dev.belay.migration;

import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.Patient;
import dev.belay.postgres.SqlStates;
import dev.belay.run.JobContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries again what could not have a lock in time. A statement waits a second at most, because everything that comes after
 * it waits behind it; then it lets the applications pass, and comes back after a pause that grows and is never the same.
 */
@ApplicationScoped
public class LockRetry {

    private final MigrationConfig config;

    LockRetry(MigrationConfig config) {
        this.config = config;
    }

    /** Something that either does all it does or nothing. */
    public interface Attempt {
        void run() throws Exception;
    }

    /**
     * Tries.
     *
     * @param afterLockTrouble removes what a try left that was not in a transaction
     */
    public void run(ManagedDatabase database, JobContext job, Attempt attempt, Attempt afterLockTrouble)
            throws Exception {
        for (int tried = 1; ; tried++) {
            job.check();
            try {
                attempt.run();
                return;
            } catch (Exception e) {
                job.check();
                boolean lockTrouble =
                        SqlStates.find(e).filter(SqlStates::isLockTrouble).isPresent();
                if (!lockTrouble || tried >= config.lockAttempts()) {
                    throw e;
                }
                afterLockTrouble.run();
                pause(tried, database, job);
            }
        }
    }

    public Duration lockTimeout() {
        return config.lockTimeout();
    }

    private void pause(int tried, ManagedDatabase database, JobContext job) throws SQLException {
        long longest = Math.min(config.longestPause().toMillis(), 1000L << Math.min(tried - 1, 20));
        long millis = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
        job.progress(
                0.1,
                "try " + tried + " of " + config.lockAttempts() + " could not have a lock within "
                        + config.lockTimeout().toMillis() + " ms; nothing was changed; next try in " + millis + " ms. "
                        + oldestTransaction(database));
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (System.nanoTime() < end) {
            job.check();
            Patient.pause(Duration.ofMillis(100));
        }
    }

    /** Who may be in the way: an operator can end it, or wait. */
    private static String oldestTransaction(ManagedDatabase database) throws SQLException {
        try (Connection session = database.address().open();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pid, coalesce(nullif(application_name, ''), 'no name'),"
                        + " extract(epoch FROM clock_timestamp() - xact_start)::bigint FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
                        + " AND backend_type = 'client backend' ORDER BY xact_start LIMIT 1")) {
            return row.next()
                    ? "The oldest transaction is " + row.getLong(3) + " s old (pid " + row.getInt(1) + ", "
                            + row.getString(2) + ")."
                    : "";
        }
    }
}
