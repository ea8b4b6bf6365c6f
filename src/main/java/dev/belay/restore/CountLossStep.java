package dev.belay.restore;

import dev.belay.backup.BackupEvidence;
import dev.belay.backup.Backups;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.DatabaseState;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Says how many rows the restore would leave behind, and goes on only when that is none or was accepted. */
@ApplicationScoped
class CountLossStep implements Step {

    private final DatabaseRegistry databases;
    private final Backups backups;
    private final JobJournal journal;
    private final LossCounter counter;

    CountLossStep(DatabaseRegistry databases, Backups backups, JobJournal journal, LossCounter counter) {
        this.databases = databases;
        this.backups = backups;
        this.journal = journal;
        this.counter = counter;
    }

    @Override
    public String name() {
        return "count-loss";
    }

    @Override
    public void run(JobContext job) throws Exception {
        Loss loss = count(job);
        job.detail(loss.shown());
        if (job.request(RestoreRequest.class).dryRun()) {
            job.finishEarly();
        } else {
            requireAccepted(loss, job);
        }
    }

    /** Counts and keeps what it found. */
    Loss count(JobContext job) throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        ManagedDatabase live = databases.require(job.database());
        Loss loss = counter.count(
                new LossCounter.Question(
                        live,
                        live.address().server().database(plan.successor()),
                        plan,
                        backups.manifest(plan.backup()),
                        databases.project(live),
                        appliedSince(live, plan)),
                job);
        job.keep(loss);
        job.result("rowsWritten", loss.written());
        job.result("rowsRemoved", loss.removed());
        return loss;
    }

    /** Refuses to go on when rows would be left behind and nobody said that they may be. */
    void requireAccepted(Loss loss, JobContext job) {
        if (!loss.isNone() && !job.request(RestoreRequest.class).acceptLoss()) {
            throw ProblemType.LOSS_NOT_ACCEPTED.because("The restore would leave behind " + loss.shown()
                    + ". Nothing was changed; the restored copy has been removed. Ask for a rollback with the method UNDO,"
                    + " which keeps rows where they are, or say \"acceptLoss\": true. Even then nothing is dropped: the"
                    + " database as it is now is kept as "
                    + job.need(RestorePlan.class).keptAs() + ".");
        }
    }

    /** What the migration that began with this backup applied. */
    private Optional<Scope> appliedSince(ManagedDatabase live, RestorePlan plan) {
        return journal.last(live.name(), JobKind.MIGRATION, DatabaseState.MIGRATED)
                .filter(job -> journal.evidence(job.id(), BackupEvidence.class)
                        .filter(evidence -> evidence.backup().equals(plan.backup()))
                        .isPresent())
                .flatMap(job -> journal.evidence(job.id(), Scope.class));
    }
}
