package dev.belay.rollback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.backup.BackupCleanup;
import dev.belay.database.DatabaseRegistry;
import dev.belay.job.JobKind;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseAttributes;
import dev.belay.run.JobContext;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The two ways back. */
@ApplicationScoped
class RollbackDefinition implements JobDefinition {

    private final UndoSteps undo;
    private final RestoreSteps restore;
    private final BackupCleanup cleanup;
    private final DatabaseRegistry databases;
    private final ObjectMapper json;

    RollbackDefinition(
            UndoSteps undo,
            RestoreSteps restore,
            BackupCleanup cleanup,
            DatabaseRegistry databases,
            ObjectMapper json) {
        this.undo = undo;
        this.restore = restore;
        this.cleanup = cleanup;
        this.databases = databases;
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
        Optional<RestorePlan> plan = job.evidence(RestorePlan.class);
        if (plan.isPresent()) {
            try (DatabaseAdmin admin = new DatabaseAdmin(
                    databases.require(job.database()).address().server())) {
                RestoredDatabase.remove(admin, plan.get(), job.jobId());
                // A swap that was begun has closed the live database; a job that is given up must not leave it so.
                if (job.evidence(DatabaseAttributes.class).isPresent() && !SwapStep.isSwapped(admin, plan.get())) {
                    admin.allowConnections(plan.get().live(), true);
                }
            }
        }
    }
}
