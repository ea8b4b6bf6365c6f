package dev.belay.draft;

import dev.belay.review.Remark;
import java.util.List;

/**
 * How a draft was proven.
 *
 * @param shown what was tried and found, one sentence each
 * @param remarks what was noticed on the way
 */
public record DraftProof(List<String> shown, List<Remark> remarks) {

    public DraftProof {
        shown = List.copyOf(shown);
        remarks = List.copyOf(remarks);
    }
}
