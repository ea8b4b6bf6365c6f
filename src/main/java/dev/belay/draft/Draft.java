package dev.belay.draft;

import dev.belay.review.Remark;
import java.util.List;

/**
 * What was written.
 *
 * @param files in the order in which they are to be read
 * @param remarks what PostgreSQL cannot do, and what a person has to look at
 */
public record Draft(List<DraftFile> files, List<Remark> remarks) {

    public Draft {
        files = List.copyOf(files);
        remarks = List.copyOf(remarks);
        if (files.stream().map(DraftFile::path).distinct().count() < files.size()) {
            throw new IllegalArgumentException("two files of one draft have one path");
        }
    }
}
