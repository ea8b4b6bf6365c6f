package dev.belay.restore;

import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.salvage.SalvageReport;
import java.util.List;

/**
 * What a restore cannot carry: what is in no table of the application, such as large objects and the rows of an extension's
 * tables; and everything, when nobody can tell what was written.
 *
 * @param what those in which the live database differs from "backup plus migration"
 * @param unknown why nobody can tell; empty when it can be told
 */
record LeftBehind(List<String> what, String unknown) {

    LeftBehind {
        what = List.copyOf(what);
    }

    static LeftBehind by(Merges.Prepared prepared, SalvageReport report) {
        return prepared.unknown().isEmpty()
                ? new LeftBehind(report.leftBehind(), "")
                : new LeftBehind(List.of("all that applications wrote since the backup"), prepared.unknown());
    }

    /** Refuses to go on when something would be left behind and nobody said that it may be. */
    void requireAccepted(JobContext job) {
        if (what.isEmpty() || job.request(RestoreRequest.class).acceptLoss()) {
            return;
        }
        String kept = job.need(RestorePlan.class).keptAs();
        if (!unknown.isEmpty()) {
            throw ProblemType.LOSS_NOT_ACCEPTED.because(
                    "Nobody can tell what applications wrote since the backup. " + unknown
                            + " The database is as it was, and the"
                            + " restored copy has been removed. Mend that; or say \"acceptLoss\": true to restore the backup without"
                            + " what was written since, which stays in the database as it is now, kept as " + kept
                            + ".");
        }
        throw ProblemType.LOSS_NOT_ACCEPTED.because("Since the backup something was written to "
                + String.join(", ", what) + ", which a restore cannot carry. The database is as it was, and the"
                + " restored copy has been removed. Ask for a rollback with the method UNDO, which keeps them where"
                + " they are, or say \"acceptLoss\": true. Even then nothing is dropped: the database as it is now is"
                + " kept as " + kept + ".");
    }
}
