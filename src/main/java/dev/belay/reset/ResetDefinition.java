package dev.belay.reset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.backup.BackUpStep;
import dev.belay.backup.BackupCleanup;
import dev.belay.backup.ProveStep;
import dev.belay.job.JobKind;
import dev.belay.run.JobContext;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import dev.belay.takeover.Takeovers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** inspect → back up → prove → create → swap → drop → verify, or with flush in the place of the three before verify. */
@ApplicationScoped
class ResetDefinition implements JobDefinition {

    private final Step inspect;
    private final List<Step> first;
    private final List<Step> recreate;
    private final List<Step> flush;
    private final BackupCleanup cleanup;
    private final Takeovers takeovers;
    private final ObjectMapper json;

    ResetDefinition(
            InspectResetStep inspect,
            BackUpStep backUp,
            ProveStep prove,
            RecreateSteps recreate,
            FlushStep flush,
            VerifyFlushStep verifyFlush,
            BackupCleanup cleanup,
            Takeovers takeovers,
            ObjectMapper json) {
        this.inspect = inspect;
        this.first = List.of(backUp, prove);
        this.recreate = recreate.steps();
        this.flush = List.of(flush, verifyFlush);
        this.cleanup = cleanup;
        this.takeovers = takeovers;
        this.json = json;
    }

    @Override
    public JobKind kind() {
        return JobKind.RESET;
    }

    @Override
    public List<Step> steps(JsonNode body) {
        ResetRequest request = json.convertValue(body, ResetRequest.class);
        List<Step> steps = new ArrayList<>(List.of(inspect));
        if (request.wantsBackup()) {
            steps.addAll(first);
        }
        steps.addAll(
                switch (request.mode()) {
                    case RECREATE -> recreate;
                    case FLUSH -> flush;
                });
        return steps;
    }

    @Override
    public void cleanUp(JobContext job) throws Exception {
        try {
            takeovers.cleanUp(job);
        } finally {
            cleanup.cleanUp(job);
        }
    }
}
