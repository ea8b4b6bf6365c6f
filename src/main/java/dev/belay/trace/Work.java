package dev.belay.trace;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a statement did to the rows of one table, or to one index.
 *
 * @param relation as in {@link Lock}
 * @param isNew whether the same transaction made it
 * @param rewritten whether it was written anew into another file, and not just emptied
 * @param truncated whether it was emptied by TRUNCATE
 * @param scans how often it was read from one end to the other
 * @param rowsRead rows that the session itself read in these scans; what parallel workers read is not in it
 * @param bytes its size on disk after the statement, without indexes; for a rewrite, what had to be written
 */
@Schema(name = "StatementWork")
public record Work(
        String relation,
        RelationKind kind,
        boolean isNew,
        boolean rewritten,
        boolean truncated,
        long scans,
        long rowsRead,
        long inserted,
        long updated,
        long deleted,
        long bytes) {

    /** Rows that were written in any way, a rewrite left aside. */
    public long touched() {
        return inserted + updated + deleted;
    }
}
