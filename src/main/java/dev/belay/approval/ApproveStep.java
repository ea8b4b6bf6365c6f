package dev.belay.approval;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.JobState;
import dev.belay.plan.PlanSeal;
import dev.belay.policy.Policy;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Waits until somebody has approved the plan, where the policy asks for that, and no longer than the plan is of use. */
@ApplicationScoped
public class ApproveStep implements Step {

    private final DatabaseRegistry databases;
    private final ApprovalJournal approvals;
    private final Freshness freshness;

    ApproveStep(DatabaseRegistry databases, ApprovalJournal approvals, Freshness freshness) {
        this.databases = databases;
        this.approvals = approvals;
        this.freshness = freshness;
    }

    @Override
    public String name() {
        return "approve";
    }

    @Override
    public void run(JobContext job) {
        var unused = isGiven(job);
    }

    /** Whether the job may go on; if not it was told to wait. */
    boolean isGiven(JobContext job) {
        ManagedDatabase database = databases.require(job.database());
        PlanSeal plan = job.need(PlanSeal.class);
        requireBearable(plan, database.policy());
        if (!database.policy().approval()) {
            job.detail("the policy of " + database.name() + " asks for no approval");
            return true;
        }
        freshness.requireYoung(database.policy(), plan);
        Optional<ApprovalView> given = approvals.of(job.jobId(), plan.digest());
        if (given.isPresent()) {
            job.detail("approved by " + given.get().approver() + " at "
                    + given.get().at());
            return true;
        }
        Instant until = plan.expiry(database.policy());
        job.waitFor(
                JobState.AWAITING_APPROVAL,
                until,
                "the plan " + plan.digest() + " waits for an approval"
                        + (database.policy().fourEyes() ? " by somebody else than " + job.requestedBy() : "")
                        + ", until " + until);
        return false;
    }

    /**
     * Refuses, before any work is done, a migration that nobody could approve in the end.
     *
     * @throws dev.belay.problem.ProblemException FOUR_EYES
     */
    public void preflight(JobContext job) {
        FourEyes.requireRequester(databases.require(job.database()).policy(), job.requestedBy());
    }

    private static void requireBearable(PlanSeal plan, Policy policy) {
        if (plan.risk().compareTo(policy.highestRisk()) > 0) {
            throw ProblemType.RISK_TOO_HIGH.because("The plan's risk is " + plan.risk()
                    + "; the policy of this database allows " + policy.highestRisk()
                    + " at most: " + String.join("; ", plan.worst())
                    + ". The database was not changed. Mend what the plan names, then ask again.");
        }
    }
}
