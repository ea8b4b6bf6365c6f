package dev.belay.approval;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.plan.PlanSeal;
import dev.belay.policy.Policy;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The last look before anything is changed. Between the steps that waited and this one the job may have been in a queue, or
 * its process may have been away for days.
 */
@ApplicationScoped
public class Clearance {

    private final DatabaseRegistry databases;
    private final Freshness freshness;
    private final ApproveStep approve;
    private final WindowStep window;

    Clearance(DatabaseRegistry databases, Freshness freshness, ApproveStep approve, WindowStep window) {
        this.databases = databases;
        this.freshness = freshness;
        this.approve = approve;
        this.window = window;
    }

    /**
     * Looks whether the plan still holds, is approved, and the window is open.
     *
     * @return false when the step has to return, because the job was laid aside until it may go on
     * @throws dev.belay.problem.ProblemException PLAN_STALE or BACKUP_STALE
     */
    public boolean isGiven(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        PlanSeal plan = job.need(PlanSeal.class);
        freshness.requireYoung(database.policy(), plan);
        if (mayHaveWaited(database.policy())) {
            requireUnchanged(freshness.changes(database, job.need(Scope.class), plan));
        }
        return approve.isGiven(job) && window.isOpen(job);
    }

    /** A job that does not wait applies what it has rehearsed a moment ago, whatever its files have become since. */
    private static boolean mayHaveWaited(Policy policy) {
        return policy.approval() || !policy.windows().isUnrestricted();
    }

    private static void requireUnchanged(List<String> changes) {
        if (!changes.isEmpty()) {
            throw ProblemType.PLAN_STALE.because("What the plan rests on is no longer so: "
                    + String.join("; ", changes)
                    + ". So neither its rehearsal nor its approval counts any more. The database was not changed. Ask for"
                    + " the migration again: it is rehearsed and planned anew.");
        }
    }
}
