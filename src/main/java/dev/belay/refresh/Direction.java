package dev.belay.refresh;

import dev.belay.database.Environment;
import dev.belay.database.ManagedDatabase;
import dev.belay.problem.Problem;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.util.List;
import java.util.Locale;

/** Rows go down from production, never up. */
final class Direction {

    private Direction() {}

    /**
     * Refuses any other way.
     *
     * @throws ProblemException ENVIRONMENT_REFUSED; INVALID_REQUEST when both are one
     */
    static void require(ManagedDatabase from, ManagedDatabase to) {
        if (from.name().equals(to.name())) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "A database cannot be refreshed from itself. Nothing was started. Name in \"from\" the one that its"
                            + " rows are to come from.",
                    List.of(new Problem.FieldError("#/from", "must be another database")),
                    null);
        }
        if (to.environment() == Environment.PRODUCTION) {
            throw ProblemType.ENVIRONMENT_REFUSED.because("The database " + to.name()
                    + " is for production, and a refresh would replace its rows by masked ones. Nothing was changed."
                    + " \"database\" is the one that is replaced, \"from\" the one that rows come from; to go back to an"
                    + " earlier state ask for a rollback.");
        }
        if (from.environment().compareTo(to.environment()) < 0) {
            throw ProblemType.ENVIRONMENT_REFUSED.because("The database " + from.name() + " is for " + word(from)
                    + " and " + to.name() + " for " + word(to)
                    + ": rows go to the same or a lower environment only. Nothing was changed.");
        }
    }

    private static String word(ManagedDatabase database) {
        return database.environment().name().toLowerCase(Locale.ROOT);
    }
}
