package dev.belay.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.job.JobKind;
import dev.belay.run.JobContext;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** inspect → back up → prove. */
@ApplicationScoped
class BackupDefinition implements JobDefinition {

    private final List<Step> steps;
    private final BackupCleanup cleanup;

    BackupDefinition(InspectBackupStep inspect, BackUpStep backUp, ProveStep prove, BackupCleanup cleanup) {
        this.steps = List.of(inspect, backUp, prove);
        this.cleanup = cleanup;
    }

    @Override
    public JobKind kind() {
        return JobKind.BACKUP;
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
