package dev.belay.draft;

import dev.belay.backup.ProveStep;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks whether the tools fit and whether the draft can be written, and freezes the project. */
@ApplicationScoped
class InspectDraftStep implements Step {

    private final Desks desks;
    private final Kinds kinds;
    private final ProveStep prove;

    InspectDraftStep(Desks desks, Kinds kinds, ProveStep prove) {
        this.desks = desks;
        this.kinds = kinds;
        this.prove = prove;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void run(JobContext job) throws Exception {
        DraftRequest request = job.request(DraftRequest.class);
        Commission commission = desks.look(job);
        prove.preflight(commission.live());
        kinds.bound(request).inspect(commission);
        job.detail("a draft of kind " + request.kind());
    }
}
