package dev.belay.draft;

import dev.belay.review.Remark;
import dev.belay.review.Review;
import java.util.List;

/**
 * How a draft was proven.
 *
 * @param shown what was tried and found, one sentence each
 * @param remarks what was noticed on the way
 * @param review what the scripts do to the schema
 */
public record DraftProof(List<String> shown, List<Remark> remarks, Review review) {

    /** Of scripts that leave the schema as it is. */
    public DraftProof(List<String> shown, List<Remark> remarks) {
        this(shown, remarks, Review.NOTHING);
    }

    public DraftProof {
        shown = List.copyOf(shown);
        remarks = List.copyOf(remarks);
    }
}
