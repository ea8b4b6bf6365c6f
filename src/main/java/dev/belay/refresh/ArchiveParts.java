package dev.belay.refresh;

import dev.belay.backup.GoldenCopies;
import dev.belay.masking.Masker;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.PgRestore.Section;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.util.Set;

/** A backup's archive, part by part. */
record ArchiveParts(GoldenCopies.Unpacked archive) implements Masker.Parts {

    @Override
    public void structure(DatabaseAddress empty) {
        archive.restore(empty, Set.of(Section.PRE_DATA, Section.POST_DATA));
    }

    @Override
    public void rows(DatabaseAddress empty) {
        archive.restore(empty, Set.of(Section.PRE_DATA, Section.DATA));
    }

    /** The archive is proven, so what fails now fails because of the masked values. */
    @Override
    public void rest(DatabaseAddress withRows) {
        try {
            archive.restore(withRows, Set.of(Section.POST_DATA));
        } catch (ProblemException e) {
            if (e.type() != ProblemType.TOOL_FAILED) {
                throw e;
            }
            throw ProblemType.MASKING_FAILED.because(
                    "The masked values break a constraint of the database, so its indexes and keys could not be made"
                            + " on the masked copy. Nothing has left the scratch server; the database is as it was."
                            + " Choose another rule for the columns of that constraint, then ask again. "
                            + e.getMessage(),
                    e);
        }
    }
}
