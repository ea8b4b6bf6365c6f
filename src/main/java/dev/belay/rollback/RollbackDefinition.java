package dev.belay.rollback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.backup.BackupCleanup;
import dev.belay.job.JobKind;
import dev.belay.restore.RestoreCleanup;
import dev.belay.restore.RestoreSteps;
import dev.belay.run.JobContext;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import dev.belay.undo.UndoSteps;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The two ways back. */
@ApplicationScoped
class RollbackDefinition implements JobDefinition {

    private final UndoSteps undo;
    private final RestoreSteps restore;
    private final BackupCleanup cleanup;
    private final RestoreCleanup restoreCleanup;
    private final ObjectMapper json;

    RollbackDefinition(
            UndoSteps undo,
            RestoreSteps restore,
            BackupCleanup cleanup,
            RestoreCleanup restoreCleanup,
            ObjectMapper json) {
        this.undo = undo;
        this.restore = restore;
        this.cleanup = cleanup;
        this.restoreCleanup = restoreCleanup;
        this.json = json;
    }

    @Override
    public JobKind kind() {
        return JobKind.ROLLBACK;
    }

    @Override
    public List<Step> steps(JsonNode request) {
        return switch (json.convertValue(request, RollbackRequest.class).chosenMethod()) {
            case UNDO -> undo.steps();
            case RESTORE -> restore.steps();
        };
    }

    @Override
    public void cleanUp(JobContext job) throws Exception {
        cleanup.cleanUp(job);
        restoreCleanup.cleanUp(job);
    }
}
