package dev.belay.draft;

import dev.belay.review.Remark;
import dev.belay.review.ReviewView;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Writes the report that a person reads before the files are used, and offers them. */
@ApplicationScoped
class ReviewDraftStep implements Step {

    private final Kinds kinds;
    private final Clock clock;

    ReviewDraftStep(Kinds kinds, Clock clock) {
        this.kinds = kinds;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "review";
    }

    @Override
    public void run(JobContext job) throws Exception {
        Draft draft = job.need(Draft.class);
        DraftProof proof = job.need(DraftProof.class);
        List<Remark> remarks = new ArrayList<>(draft.remarks());
        remarks.addAll(proof.remarks());
        Commission commission = kinds.commission(
                job.request(DraftRequest.class), job.need(Desks.Basis.class).project());
        job.keep(new Offer(
                draft.files(),
                new ReviewView(
                        "Draft: " + commission.name() + " ("
                                + commission.request().kind() + ", " + job.database() + ")",
                        job.jobId(),
                        job.database(),
                        clock.instant(),
                        proof.shown(),
                        remarks,
                        proof.review(),
                        draft.files().stream()
                                .map(file -> new ReviewView.ScriptText(file.path(), file.content()))
                                .toList())));
        job.result("files", draft.files().stream().map(DraftFile::path).toList());
        job.result("remarks", remarks);
        job.detail(draft.files().size() + " files, " + proof.review().changes().size() + " changes of the schema, "
                + remarks.size() + " remarks");
    }
}
