package dev.belay.migration;

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

/** inspect → back up → prove → rehearse → apply → verify. */
@ApplicationScoped
class MigrationDefinition implements JobDefinition {

    private final List<Step> steps;
    private final BackupCleanup cleanup;

    MigrationDefinition(
            InspectStep inspect,
            BackUpStep backUp,
            ProveStep prove,
            RehearseStep rehearse,
            ApplyStep apply,
            VerifyStep verify,
            BackupCleanup cleanup) {
        this.steps = List.of(inspect, backUp, prove, rehearse, apply, verify);
        this.cleanup = cleanup;
    }

    @Override
    public JobKind kind() {
        return JobKind.MIGRATION;
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
