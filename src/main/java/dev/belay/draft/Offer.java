package dev.belay.draft;

import dev.belay.review.Remark;
import java.util.List;

/** A draft that was proven, with all remarks. */
record Offer(List<DraftFile> files, List<Remark> remarks) {

    Offer {
        files = List.copyOf(files);
        remarks = List.copyOf(remarks);
    }
}
