package dev.belay.reset;

import dev.belay.backup.BackupEvidence;
import dev.belay.backup.Backups;
import dev.belay.catalog.TableHash;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.DatabaseState;
import dev.belay.migration.LockRetry;
import dev.belay.postgres.TrackedDataSource;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.script.Leftovers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes all rows away, under the same lock discipline as an apply: applications wait for no longer than a script's lock
 * timeout. What the transaction has come to is asked of PostgreSQL, never concluded from an exception.
 */
@ApplicationScoped
class FlushStep implements Step {

    private final DatabaseRegistry databases;
    private final LockRetry retry;
    private final Backups backups;

    FlushStep(DatabaseRegistry databases, LockRetry retry, Backups backups) {
        this.databases = databases;
        this.retry = retry;
        this.backups = backups;
    }

    @Override
    public String name() {
        return "flush";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        try {
            retry.run(database, job, () -> flush(database, job), () -> {});
        } catch (Exception e) {
            if (!isDone(database, job)) {
                job.databaseIs(DatabaseState.UNCHANGED);
                throw e;
            }
        }
        done(job);
    }

    /** What was committed stays so: rows that were written since must not go as well. */
    @Override
    public void resume(JobContext job) throws Exception {
        if (isDone(databases.require(job.database()), job)) {
            done(job);
        } else {
            job.databaseIs(DatabaseState.UNCHANGED);
            run(job);
        }
    }

    private void flush(ManagedDatabase database, JobContext job) throws Exception {
        TrackedDataSource sessions = new TrackedDataSource(database.address(), "belay " + job.jobId());
        try (Connection session = sessions.getConnection();
                var registration = job.onStop(sessions::abort)) {
            Objects.requireNonNull(registration);
            job.progress(0.5, "emptying all tables");
            Flushed flushed = new Flush(session, databases.project(database).modules()).run(retry.lockTimeout());
            job.keep(flushed);
            job.passNoReturn(new FlushTransaction(ask(session, "SELECT pg_current_xact_id()::text")));
            session.commit();
        }
    }

    /** The sessions of the attempt are ended first, so that what is found stays so. */
    private static boolean isDone(ManagedDatabase database, JobContext job) throws SQLException {
        Leftovers.endSessions(database, job.jobId());
        Optional<FlushTransaction> transaction = job.evidence(FlushTransaction.class);
        if (transaction.isEmpty()) {
            return false;
        }
        try (Connection session = database.address().open();
                PreparedStatement statement = session.prepareStatement(
                        "SELECT coalesce(pg_xact_status(?::text::xid8) = 'committed', false)")) {
            statement.setString(1, transaction.get().id());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static String ask(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void done(JobContext job) throws IOException {
        job.databaseIs(DatabaseState.EMPTIED);
        Flushed flushed = job.need(Flushed.class);
        job.result("tables", flushed.tables().size());
        job.result("notFlushed", flushed.foreign());
        Optional<BackupEvidence> backup = job.evidence(BackupEvidence.class);
        String rows = backup.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT, ", which had %,d rows when they were backed up", rows(backup.get(), flushed));
        job.detail(flushed.tables().size() + " tables emptied" + rows + "; "
                + flushed.views().size() + " materialised views filled again; the migrations' history is kept");
    }

    private long rows(BackupEvidence backup, Flushed flushed) throws IOException {
        return backups.manifest(backup.backup()).fingerprint().tables().entrySet().stream()
                .filter(table -> flushed.tables().contains("ONLY " + table.getKey()))
                .map(Map.Entry::getValue)
                .mapToLong(TableHash::rows)
                .sum();
    }
}
