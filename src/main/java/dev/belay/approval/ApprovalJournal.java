package dev.belay.approval;

import dev.belay.job.Job;
import dev.belay.job.JobKind;
import dev.belay.job.JobState;
import dev.belay.job.Jobs;
import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The approvals that were given. One is written down and its job let go on in one transaction, under the job's lock. */
@ApplicationScoped
class ApprovalJournal {

    private final Jobs jobs;
    private final Clock clock;

    ApprovalJournal(Jobs jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    @Transactional
    List<ApprovalView> of(UUID job) {
        return Approval.of(job).stream().map(ApprovalView::of).toList();
    }

    /** The approval of a plan; empty when nobody has given it. */
    Optional<ApprovalView> of(UUID job, String planDigest) {
        return of(job).stream()
                .filter(approval -> approval.planDigest().equals(planDigest))
                .findFirst();
    }

    /**
     * Writes an approval down.
     *
     * @throws dev.belay.problem.ProblemException CONFLICT when the job waits for none
     */
    @Transactional
    ApprovalView add(UUID id, String approver, ApprovalRequest request) {
        Job job = jobs.lock(JobKind.MIGRATION, id);
        requireWaiting(job);
        Approval approval = new Approval(
                new Approval.Key(id, approver), request, clock.instant().truncatedTo(ChronoUnit.MICROS));
        approval.persist();
        jobs.goOn(job);
        return ApprovalView.of(approval);
    }

    @Transactional
    void requireWaiting(Job job) {
        if (job.state() != JobState.AWAITING_APPROVAL) {
            String by = String.join(
                    ", ", of(job.id()).stream().map(ApprovalView::approver).toList());
            throw ProblemType.CONFLICT.because("The migration does not wait for an approval; it is " + job.state()
                    + (by.isEmpty() ? "" : ", approved by " + by) + ". Nothing was approved.");
        }
    }
}
