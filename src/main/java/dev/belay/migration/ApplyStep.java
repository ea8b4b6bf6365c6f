package dev.belay.migration;

import dev.belay.approval.Clearance;
import dev.belay.backup.BackupEvidence;
import dev.belay.backup.GoldenCopies;
import dev.belay.byhand.ByHand;
import dev.belay.catalog.Difference;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.DatabaseState;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.rehearsal.Rehearsal;
import dev.belay.run.IndeterminateException;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import dev.belay.script.BeforeCommit;
import dev.belay.script.Deletions;
import dev.belay.script.Leftovers;
import dev.belay.script.ScriptFailure;
import dev.belay.script.ScriptRunner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Applies what was rehearsed. The state of the database is written down as indeterminate before the first statement, and
 * what it then is, is found by looking.
 */
@ApplicationScoped
class ApplyStep implements Step {

    private final DatabaseRegistry databases;
    private final LockRetry retry;
    private final Clearance clearance;
    private final ByHand byHand;

    ApplyStep(DatabaseRegistry databases, LockRetry retry, Clearance clearance, ByHand byHand) {
        this.databases = databases;
        this.retry = retry;
        this.clearance = clearance;
        this.byHand = byHand;
    }

    @Override
    public String name() {
        return "apply";
    }

    @Override
    public void run(JobContext job) throws Exception {
        if (!clearance.isGiven(job)) {
            return;
        }
        ManagedDatabase database = databases.require(job.database());
        Scope scope = job.need(Scope.class);
        Rehearsal rehearsal = job.need(Rehearsal.class);
        requireUnchanged(database, scope, rehearsal);
        byHand.write(database, job.need(BackupEvidence.class).backup(), retry.lockTimeout(), job);
        apply(database, scope, rehearsal, job);
    }

    /** The old sessions are ended first; then what is applied is left, what is not is gone on with. */
    @Override
    public void resume(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        Scope scope = job.need(Scope.class);
        Rehearsal rehearsal = job.need(Rehearsal.class);
        Leftovers.endSessions(database, job.jobId());
        Leftovers.dropInvalidIndexes(database, rehearsal.before());
        Look look = Look.at(database, scope, rehearsal.before());
        switch (look.kind()) {
            case DONE -> done(job, "was applied already when the job was taken up again");
            case UNTOUCHED -> {
                Leftovers.removeFailedRows(database, scope);
                job.databaseIs(DatabaseState.UNCHANGED);
                run(job);
            }
            case BETWEEN -> {
                if (ScriptRunner.areTransactional(scope)) {
                    apply(database, scope, rehearsal, job);
                } else {
                    job.databaseIs(DatabaseState.INDETERMINATE);
                    throw ProblemType.MIGRATION_FAILED.because(
                            "The process died while statements ran that cannot be in a transaction. " + look.detail()
                                    + advice());
                }
            }
        }
    }

    private static void requireUnchanged(ManagedDatabase database, Scope scope, Rehearsal rehearsal) throws Exception {
        Comparison comparison = new Comparison(scope.modules());
        List<Difference> differences = Look.differences(database, comparison, rehearsal.before());
        if (!differences.isEmpty()) {
            throw ProblemType.SCHEMA_DRIFTED.because("The schema was changed since the backup, so the rehearsal tells"
                    + " nothing about it any more: " + GoldenCopies.shown(differences)
                    + " This job changed nothing. Ask again.");
        }
    }

    private void apply(ManagedDatabase database, Scope scope, Rehearsal rehearsal, JobContext job) throws Exception {
        job.databaseIs(DatabaseState.INDETERMINATE);
        ScriptRunner runner = new ScriptRunner(database, "belay " + job.jobId(), retry.lockTimeout(), job);
        long start = System.nanoTime();
        try {
            retry.run(database, job, () -> forward(runner, scope, rehearsal, job), () -> {
                Leftovers.dropInvalidIndexes(database, rehearsal.before());
                Leftovers.removeFailedRows(database, scope);
            });
        } catch (Exception e) {
            lookAfterFailure(database, scope, rehearsal, job, e);
        }
        done(job, String.format(Locale.ROOT, "applied in %.1f s", (System.nanoTime() - start) / 1e9));
    }

    private static void forward(ScriptRunner runner, Scope scope, Rehearsal rehearsal, JobContext job)
            throws Exception {
        for (Scope.Part part : scope.parts()) {
            job.progress(0.5, "applying " + part.shown());
            runner.forward(part, new BeforeCommit(session -> guard(session, rehearsal, job)));
        }
    }

    /** The last look before the commit: a script that deletes where it deleted nothing in rehearsal is rolled back. */
    private static void guard(Connection session, Rehearsal rehearsal, JobContext job) throws SQLException {
        Map<String, Long> deleted = Deletions.inTransaction(session);
        deleted.keySet().removeAll(rehearsal.deletesFrom());
        if (!deleted.isEmpty()) {
            throw ProblemType.VERIFICATION_FAILED.because(
                    "A script deleted rows where it deleted none in the rehearsal: " + deleted
                            + ". It was rolled back.");
        }
        job.passNoReturn();
    }

    /** Returns when everything is applied in spite of the failure: the answer to the commit was lost. */
    private static void lookAfterFailure(
            ManagedDatabase database, Scope scope, Rehearsal rehearsal, JobContext job, Exception failure)
            throws Exception {
        Leftovers.endSessions(database, job.jobId());
        Leftovers.dropInvalidIndexes(database, rehearsal.before());
        Look look = Look.at(database, scope, rehearsal.before());
        if (look.kind() == Look.Kind.DONE) {
            return;
        }
        if (look.kind() == Look.Kind.BETWEEN) {
            throw new IndeterminateException(ScriptFailure.describe(failure) + " " + look.detail() + advice(), failure);
        }
        Leftovers.removeFailedRows(database, scope);
        job.databaseIs(DatabaseState.UNCHANGED);
        job.check();
        ProblemType type =
                ScriptFailure.problem(failure).map(ProblemException::type).orElse(ProblemType.MIGRATION_FAILED);
        throw new ProblemException(
                type,
                ScriptFailure.describe(failure) + " The database is as it was before, schema and history.",
                failure);
    }

    private static String advice() {
        return " Finish or take back by hand what is half done, or ask for a rollback that restores the backup.";
    }

    private static void done(JobContext job, String detail) {
        job.databaseIs(DatabaseState.MIGRATED);
        job.detail(detail);
    }
}
