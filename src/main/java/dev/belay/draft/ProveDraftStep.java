package dev.belay.draft;

import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;

/** Tries the draft on copies without rows. What is not proven is not offered. */
@ApplicationScoped
class ProveDraftStep implements Step {

    private final Desks desks;
    private final Kinds kinds;

    ProveDraftStep(Desks desks, Kinds kinds) {
        this.desks = desks;
        this.kinds = kinds;
    }

    @Override
    public String name() {
        return "prove";
    }

    @Override
    public void run(JobContext job) throws Exception {
        Draft draft = job.need(Draft.class);
        DraftProof proof = kinds.bound(job.request(DraftRequest.class)).prove(desks.of(job), draft);
        job.keep(proof);
        job.detail(String.join(" ", proof.shown()));
    }
}
