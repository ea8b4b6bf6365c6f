package dev.belay.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.backup.BackupCleanup;
import dev.belay.job.JobKind;
import dev.belay.run.JobContext;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import dev.belay.takeover.Takeovers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** inspect → back up → prove → mask → restore → migrate → swap → verify. */
@ApplicationScoped
class RefreshDefinition implements JobDefinition {

    private final InspectRefreshStep inspect;
    private final SourceSteps source;
    private final CopySteps copy;
    private final TakeoverSteps takeover;
    private final BackupCleanup cleanup;
    private final Takeovers takeovers;
    private final ObjectMapper json;

    RefreshDefinition(
            InspectRefreshStep inspect,
            SourceSteps source,
            CopySteps copy,
            TakeoverSteps takeover,
            BackupCleanup cleanup,
            Takeovers takeovers,
            ObjectMapper json) {
        this.inspect = inspect;
        this.source = source;
        this.copy = copy;
        this.takeover = takeover;
        this.cleanup = cleanup;
        this.takeovers = takeovers;
        this.json = json;
    }

    @Override
    public JobKind kind() {
        return JobKind.REFRESH;
    }

    @Override
    public List<Step> steps(JsonNode body) {
        boolean migrates = json.convertValue(body, RefreshRequest.class).wantsMigration();
        List<Step> steps = new ArrayList<>(List.of(inspect));
        steps.addAll(source.steps());
        copy.steps().stream()
                .filter(step -> migrates || !(step instanceof CopySteps.Migrate))
                .forEach(steps::add);
        steps.addAll(takeover.steps());
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
