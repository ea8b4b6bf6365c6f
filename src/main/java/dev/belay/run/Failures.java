package dev.belay.run;

import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Turns whatever a step threw into a problem that tells an operator what happened. */
final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private Failures() {}

    static ProblemException explain(String step, Throwable thrown) {
        if (thrown instanceof ProblemException problem) {
            return problem;
        }
        Optional<SQLException> sql = SqlStates.find(thrown);
        if (sql.isPresent()) {
            return fromPostgres(step, sql.get());
        }
        if (thrown instanceof IOException && isDiskFull(thrown)) {
            return ProblemType.DISK_FULL.because(
                    "There is no space left for the step " + step + ". What it wrote has been removed. Free space in"
                            + " Belay's data and backup folders, then ask again.",
                    thrown);
        }
        LOG.errorf(thrown, "the step %s failed in a way nobody foresaw", step);
        return ProblemType.INTERNAL_ERROR.because(
                "The step " + step + " failed for a reason that Belay does not know; its log has the details under the"
                        + " job's id. The job's databaseState says how the database was left.",
                thrown);
    }

    private static ProblemException fromPostgres(String step, SQLException e) {
        String said = "PostgreSQL said in the step " + step + ": " + SqlStates.message(e);
        if (SqlStates.isConnectionTrouble(e)) {
            return ProblemType.DATABASE_UNREACHABLE.because(
                    said
                            + " The job's databaseState says how the database was left. Ask again once the server answers.",
                    e);
        }
        if (SqlStates.isDiskFull(e)) {
            return ProblemType.DISK_FULL.because(said + " Free space on that server, then ask again.", e);
        }
        if (SqlStates.isMissingRight(e)) {
            said += " " + SqlStates.RIGHTS;
        }
        return ProblemType.DATABASE_ERROR.because(said + " The job's databaseState says how the database was left.", e);
    }

    private static boolean isDiskFull(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT).contains("no space left");
    }
}
