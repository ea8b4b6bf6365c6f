package dev.belay.draft;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.backup.GoldenCopies;
import dev.belay.job.JobKind;
import dev.belay.run.JobContext;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import dev.belay.scratch.Scratch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** inspect → draft → prove → review. */
@ApplicationScoped
class DraftDefinition implements JobDefinition {

    private final List<Step> steps;
    private final Scratch scratch;
    private final GoldenCopies golden;

    DraftDefinition(
            InspectDraftStep inspect,
            WriteDraftStep write,
            ProveDraftStep prove,
            ReviewDraftStep review,
            Scratch scratch,
            GoldenCopies golden) {
        this.steps = List.of(inspect, write, prove, review);
        this.scratch = scratch;
        this.golden = golden;
    }

    @Override
    public JobKind kind() {
        return JobKind.DRAFT;
    }

    @Override
    public List<Step> steps(JsonNode request) {
        return steps;
    }

    @Override
    public void cleanUp(JobContext job) throws Exception {
        golden.removeTemporaryFiles(job.jobId());
        scratch.removeAllOf(job.jobId());
    }
}
