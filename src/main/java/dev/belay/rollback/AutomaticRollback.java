package dev.belay.rollback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.job.Job;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.job.Jobs;
import dev.belay.job.NewJob;
import dev.belay.migration.AutomaticWayBack;
import dev.belay.problem.ProblemType;
import dev.belay.run.AfterFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Asks for the rollback of a migration whose verification failed, where the policy says so. */
@ApplicationScoped
class AutomaticRollback implements AfterFailure {

    private static final Logger LOG = Logger.getLogger(AutomaticRollback.class);
    private static final String CALLER = "belay (policy on-failure)";

    private final Jobs jobs;
    private final JobJournal journal;
    private final RollbackDefinition definition;
    private final ObjectMapper json;

    AutomaticRollback(Jobs jobs, JobJournal journal, RollbackDefinition definition, ObjectMapper json) {
        this.jobs = jobs;
        this.journal = journal;
        this.definition = definition;
        this.json = json;
    }

    /** Loss is never accepted here: a restore that would leave rows behind fails, and a person decides. */
    @Override
    public void follow(Job job, ProblemType problem, Instant now) {
        if (job.kind() != JobKind.MIGRATION || problem != ProblemType.VERIFICATION_FAILED) {
            return;
        }
        Optional<AutomaticWayBack> ordered = journal.evidence(job.id(), AutomaticWayBack.class);
        if (ordered.isEmpty()) {
            return;
        }
        RollbackRequest request = ordered.get().reversible()
                ? new RollbackRequest(job.database(), RollbackRequest.Method.UNDO, null, null, null, null)
                : new RollbackRequest(
                        job.database(),
                        RollbackRequest.Method.RESTORE,
                        null,
                        ordered.get().backup(),
                        null,
                        null);
        JsonNode body = json.valueToTree(request);
        Job rollback = jobs.submitAhead(
                new NewJob(JobKind.ROLLBACK, job.database(), body, CALLER, definition.stepNames(body)));
        job.result("rollback", rollback.id(), now);
        LOG.infof("the rollback %s is ordered, as the policy says", rollback.id());
    }
}
