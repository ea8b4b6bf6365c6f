package dev.belay.reset;

import dev.belay.database.Environment;
import dev.belay.database.ManagedDatabase;
import dev.belay.problem.ProblemType;
import java.util.Locale;

/** Where databases may be reset at all. */
final class Development {

    private Development() {}

    /**
     * Refuses.
     *
     * @throws dev.belay.problem.ProblemException ENVIRONMENT_REFUSED when the database is not for development
     */
    static void require(ManagedDatabase database) {
        if (database.environment() != Environment.DEVELOPMENT) {
            throw ProblemType.ENVIRONMENT_REFUSED.because("The database " + database.name() + " is for "
                    + database.environment().name().toLowerCase(Locale.ROOT)
                    + ", and only databases for development are reset. Nothing was changed. If it is meant to be one,"
                    + " say belay.databases." + database.name()
                    + ".environment=development in the configuration; to go back to an earlier state ask for a"
                    + " rollback.");
        }
    }
}
