package dev.belay.script;

import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemException;
import dev.belay.sql.Statements;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.jspecify.annotations.Nullable;

/** Says where a script failed: file, line, the beginning of the statement, and what PostgreSQL said. */
public final class ScriptFailure {

    private ScriptFailure() {}

    /** Belay's own problem among the causes: what a callback throws, Flyway wraps. */
    public static Optional<ProblemException> problem(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }

    public static String describe(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof FlywaySqlScriptException script) {
                String file = script.getResource() == null
                        ? "a script"
                        : script.getResource().getFilename();
                return describe(
                        file,
                        script.getLineNumber(),
                        script.getStatement(),
                        SqlStates.find(script).orElse(null));
            }
        }
        Exception told = problem(e).map(Exception.class::cast).orElse(e);
        if (told instanceof FlywayException || told instanceof ProblemException) {
            return firstLine(String.valueOf(told.getMessage()));
        }
        return SqlStates.find(e).map(SqlStates::message).orElse(firstLine(String.valueOf(e.getMessage())));
    }

    static String describe(String file, int line, @Nullable String statement, @Nullable SQLException cause) {
        return file + ", line " + line + ": "
                + (cause == null ? "failed." : SqlStates.message(cause))
                + (statement == null ? "" : " The statement begins: " + Statements.beginning(statement) + ".");
    }

    private static String firstLine(String message) {
        String line = message.strip().replaceAll("\\s*\\n\\s*", " ").replaceAll("/\\S*belay-scripts-[\\d-]+/", "");
        return line.toLowerCase(Locale.ROOT).endsWith(".") ? line : line + ".";
    }
}
