package dev.belay.draft;

import dev.belay.review.Remark;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Writes the report that a person reads before the files are used, and offers them. */
@ApplicationScoped
class ReviewDraftStep implements Step {

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
        job.keep(new Offer(draft.files(), remarks));
        job.result("files", draft.files().stream().map(DraftFile::path).toList());
        job.result("remarks", remarks);
        job.detail(draft.files().size() + " files, " + remarks.size() + " remarks");
    }
}
