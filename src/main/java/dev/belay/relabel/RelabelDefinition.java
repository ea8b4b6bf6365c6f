package dev.belay.relabel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.backup.BackUpStep;
import dev.belay.backup.BackupCleanup;
import dev.belay.backup.ProveStep;
import dev.belay.job.JobKind;
import dev.belay.run.JobContext;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** inspect → back up → prove → relabel → verify. */
@ApplicationScoped
class RelabelDefinition implements JobDefinition {

    private final List<Step> steps;
    private final BackupCleanup cleanup;

    RelabelDefinition(
            InspectRelabelStep inspect,
            BackUpStep backUp,
            ProveStep prove,
            RelabelStep relabel,
            VerifyRelabelStep verify,
            BackupCleanup cleanup) {
        this.steps = List.of(inspect, backUp, prove, relabel, verify);
        this.cleanup = cleanup;
    }

    @Override
    public JobKind kind() {
        return JobKind.RELABEL;
    }

    @Override
    public List<Step> steps(JsonNode request) {
        return steps;
    }

    @Override
    public void cleanUp(JobContext job) throws Exception {
        cleanup.cleanUp(job);
    }
}
