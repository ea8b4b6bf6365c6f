package dev.belay.draft;

import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;

/** Has the files written. */
@ApplicationScoped
class WriteDraftStep implements Step {

    private final Desks desks;
    private final Kinds kinds;

    WriteDraftStep(Desks desks, Kinds kinds) {
        this.desks = desks;
        this.kinds = kinds;
    }

    @Override
    public String name() {
        return "draft";
    }

    @Override
    public void run(JobContext job) throws Exception {
        Draft draft = kinds.bound(job.request(DraftRequest.class)).write(desks.of(job));
        job.keep(draft);
        job.detail(
                draft.files().isEmpty()
                        ? "nothing to write"
                        : String.join(
                                ", ",
                                draft.files().stream().map(DraftFile::path).toList()));
    }
}
