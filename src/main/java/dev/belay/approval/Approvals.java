package dev.belay.approval;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.Job;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.job.Jobs;
import dev.belay.plan.PlanSeal;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes approvals: of the plan there is, by somebody who may, while what it rests on is as it was. */
@ApplicationScoped
class Approvals {

    private final Jobs jobs;
    private final JobJournal evidence;
    private final ApprovalJournal journal;
    private final DatabaseRegistry databases;
    private final Freshness freshness;

    Approvals(
            Jobs jobs, JobJournal evidence, ApprovalJournal journal, DatabaseRegistry databases, Freshness freshness) {
        this.jobs = jobs;
        this.evidence = evidence;
        this.journal = journal;
        this.databases = databases;
        this.freshness = freshness;
    }

    /**
     * What became of a request.
     *
     * @param repeated whether the same approval had been given before
     */
    record Given(ApprovalView approval, boolean repeated) {}

    /** The approvals of a migration, oldest first. */
    List<ApprovalView> of(UUID id) {
        jobs.require(JobKind.MIGRATION, id);
        return journal.of(id);
    }

    /**
     * Approves the plan of a migration.
     *
     * @throws ProblemException NOT_FOUND, CONFLICT when it does not wait for that, PLAN_CHANGED, PLAN_STALE, BACKUP_STALE
     *     or FOUR_EYES
     */
    Given approve(UUID id, String approver, ApprovalRequest request) throws SQLException {
        Job job = jobs.require(JobKind.MIGRATION, id);
        Optional<ApprovalView> before = given(id, approver, request);
        if (before.isPresent()) {
            return new Given(before.get(), true);
        }
        journal.requireWaiting(job);
        ManagedDatabase database = databases.require(job.database());
        PlanSeal plan = need(id, PlanSeal.class);
        requireSame(plan, request.planDigest());
        FourEyes.require(database.policy(), job.requestedBy(), approver);
        freshness.requireYoung(database.policy(), plan);
        requireUnchanged(freshness.changes(database, need(id, Scope.class), plan));
        return add(id, approver, request);
    }

    private Given add(UUID id, String approver, ApprovalRequest request) {
        try {
            return new Given(journal.add(id, approver, request), false);
        } catch (ProblemException e) {
            // The same request may have come twice at once, and the other one was a moment earlier.
            ApprovalView other = given(id, approver, request).orElseThrow(() -> e);
            return new Given(other, true);
        }
    }

    private Optional<ApprovalView> given(UUID id, String approver, ApprovalRequest request) {
        return journal.of(id).stream()
                .filter(approval -> approval.approver().equals(approver)
                        && approval.planDigest().equals(request.planDigest()))
                .findFirst();
    }

    private static void requireSame(PlanSeal plan, String digest) {
        if (!plan.digest().equalsIgnoreCase(digest.strip())) {
            throw ProblemType.PLAN_CHANGED.because("The digest is not that of this migration's plan, which is "
                    + plan.digest() + ". Nothing was approved. Read the plan, then approve that one.");
        }
    }

    private static void requireUnchanged(List<String> changes) {
        if (!changes.isEmpty()) {
            throw ProblemType.PLAN_CHANGED.because("What the plan rests on is no longer so: "
                    + String.join("; ", changes)
                    + ". So it cannot be approved any more, and nothing was. Cancel this migration and ask again: it is"
                    + " rehearsed and planned anew.");
        }
    }

    private <T> T need(UUID id, Class<T> type) {
        return evidence.evidence(id, type)
                .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " yet"));
    }
}
