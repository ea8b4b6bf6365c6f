package dev.belay.draft;

import dev.belay.review.ReviewView;
import java.util.List;

/** A draft that was proven, with its report. */
record Offer(List<DraftFile> files, ReviewView review) {

    Offer {
        files = List.copyOf(files);
    }
}
