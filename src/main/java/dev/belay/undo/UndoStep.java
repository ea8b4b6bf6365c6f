package dev.belay.undo;

import dev.belay.backup.GoldenCopies;
import dev.belay.catalog.Difference;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.DatabaseState;
import dev.belay.migration.LockRetry;
import dev.belay.migration.Look;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.run.IndeterminateException;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.salvage.SalvageReport;
import dev.belay.salvage.SalvageSchema;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import dev.belay.script.Deletions;
import dev.belay.script.Leftovers;
import dev.belay.script.ScriptFailure;
import dev.belay.script.ScriptRunner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes the versions back for real, newest first, each in a transaction that first copies what goes away with it. */
@ApplicationScoped
class UndoStep implements Step {

    private final DatabaseRegistry databases;
    private final LockRetry retry;

    UndoStep(DatabaseRegistry databases, LockRetry retry) {
        this.databases = databases;
        this.retry = retry;
    }

    @Override
    public String name() {
        return "undo";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        UndoRehearsal rehearsal = job.need(UndoRehearsal.class);
        List<Difference> differences =
                Look.differences(database, new Comparison(job.need(Scope.class).modules()), rehearsal.before());
        if (!differences.isEmpty()) {
            throw ProblemType.SCHEMA_DRIFTED.because("The schema was changed since the backup, so the rehearsal tells"
                    + " nothing about it any more: " + GoldenCopies.shown(differences)
                    + " This job changed nothing. Ask again.");
        }
        undo(database, job);
    }

    /** The old sessions are ended first; versions that are taken back already stay so, the rest follows. */
    @Override
    public void resume(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        Leftovers.endSessions(database, job.jobId());
        undo(database, job);
    }

    private void undo(ManagedDatabase database, JobContext job) throws Exception {
        Scope scope = job.need(Scope.class);
        job.databaseIs(DatabaseState.INDETERMINATE);
        long start = System.nanoTime();
        try {
            for (Scope.Step step : scope.newestFirst()) {
                if (Look.isApplied(database, step)) {
                    undo(database, step, job);
                }
            }
        } catch (Exception e) {
            lookAfterFailure(database, scope, job, e);
        }
        job.databaseIs(DatabaseState.ROLLED_BACK);
        try (Connection session = database.address().open()) {
            SalvageReport report = SalvageSchema.report(session, job.jobId());
            job.keep(report);
            job.result("rowsKept", report.kept());
        }
        job.detail(String.format(Locale.ROOT, "taken back in %.1f s", (System.nanoTime() - start) / 1e9));
    }

    private void undo(ManagedDatabase database, Scope.Step step, JobContext job) throws Exception {
        ScriptRunner runner = new ScriptRunner(database, "belay " + job.jobId(), retry.lockTimeout(), job);
        SalvagePlan salvage = job.need(SalvagePlan.class);
        UndoRehearsal rehearsal = job.need(UndoRehearsal.class);
        Salvager salvager = new Salvager(job.jobId());
        ScriptRunner.Hooks hooks = new ScriptRunner.Hooks(
                session -> salvager.salvage(session, salvage.of(step.shown())),
                session -> guard(session, rehearsal, job));
        job.progress(0.5, "taking back " + step.shown());
        retry.run(
                database,
                job,
                () -> runner.back(step.module(), step.version(), hooks),
                () -> Leftovers.dropInvalidIndexes(database, rehearsal.before()));
    }

    private static void guard(Connection session, UndoRehearsal rehearsal, JobContext job) throws SQLException {
        Map<String, Long> deleted = Deletions.inTransaction(session);
        deleted.keySet().removeAll(rehearsal.deletesFrom());
        if (!deleted.isEmpty()) {
            throw ProblemType.VERIFICATION_FAILED.because("An undo script deleted rows where it deleted none in the"
                    + " rehearsal: " + deleted + ". It was rolled back.");
        }
        job.passNoReturn();
    }

    /** Returns when everything is taken back in spite of the failure: the answer to the commit was lost. */
    private static void lookAfterFailure(ManagedDatabase database, Scope scope, JobContext job, Exception failure)
            throws Exception {
        Leftovers.endSessions(database, job.jobId());
        List<Scope.Step> all = scope.newestFirst();
        List<Scope.Step> left = new ArrayList<>();
        for (Scope.Step step : all) {
            if (Look.isApplied(database, step)) {
                left.add(step);
            }
        }
        if (left.isEmpty()) {
            return;
        }
        UndoRehearsal rehearsal = job.need(UndoRehearsal.class);
        List<Difference> differences = Look.differences(database, new Comparison(scope.modules()), rehearsal.before());
        boolean untouched = left.size() == all.size() && differences.isEmpty();
        if (!untouched) {
            throw new IndeterminateException(
                    ScriptFailure.describe(failure) + " Still applied: "
                            + left.stream().map(Scope.Step::shown).toList()
                            + ". The schema differs from before in: " + GoldenCopies.shown(differences)
                            + " Ask for the rollback again to go on, or for one with the method RESTORE.",
                    failure);
        }
        job.databaseIs(DatabaseState.UNCHANGED);
        job.check();
        ProblemType type = failure instanceof ProblemException problem ? problem.type() : ProblemType.MIGRATION_FAILED;
        throw new ProblemException(
                type,
                ScriptFailure.describe(failure) + " The database is as it was before, schema and history.",
                failure);
    }
}
