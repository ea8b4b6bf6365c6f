package dev.belay.check;

import dev.belay.check.Checker.Answer;
import dev.belay.database.ProjectChecks;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.SqlStates;
import dev.belay.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Tries what has to be possible, and what has to be refused; all of it is rolled back. Constraints that are deferred to the
 * commit are tried too, since there will be none.
 */
final class TrialAsker {

    private static final String DEFERRED = "SET CONSTRAINTS ALL IMMEDIATE";

    private final CheckSession sessions;
    private final Duration timeout;
    private final Monitor monitor;

    TrialAsker(CheckSession sessions, Duration timeout, Monitor monitor) {
        this.sessions = sessions;
        this.timeout = timeout;
        this.monitor = monitor;
    }

    Answer sample(String sql) throws SQLException {
        return sessions.ask(false, session -> {
            long deadline = deadline();
            int made = 0;
            for (Statements.Statement next : Statements.split(sql)) {
                if (next.controlsTransaction() || next.needsAutocommit()) {
                    return Answer.failed("line " + next.line()
                            + " begins or ends a transaction, or cannot be in one; the sample was not made");
                }
                monitor.check();
                try {
                    made += execute(session, next.sql(), deadline);
                } catch (SQLException e) {
                    return sessions.refused("line " + next.line() + ": ", e);
                }
            }
            execute(session, DEFERRED, deadline);
            return Answer.passed(made + " rows made and rolled back");
        });
    }

    /** The statements before the last only prepare the ground, constraints and all, so that the last alone is judged. */
    Answer isRefused(ProjectChecks.Check check) throws SQLException {
        ProjectChecks.Refusal expected = Objects.requireNonNull(check.refusal());
        return sessions.ask(false, session -> {
            List<Statements.Statement> statements = Statements.split(check.ask());
            Statements.Statement last = statements.get(statements.size() - 1);
            long deadline = deadline();
            for (Statements.Statement next : statements.subList(0, statements.size() - 1)) {
                monitor.check();
                try {
                    execute(session, next.sql(), deadline);
                } catch (SQLException e) {
                    return sessions.refused("line " + next.line() + ", which only prepares: ", e);
                }
            }
            execute(session, DEFERRED, deadline);
            try {
                execute(session, last.sql(), deadline);
                execute(session, DEFERRED, deadline);
            } catch (SQLException e) {
                return SqlStates.isConnectionTrouble(e) ? sessions.refused("", e) : judge(expected, e);
            }
            return Answer.failed("has to be refused with " + expected.sqlState() + ", but was accepted");
        });
    }

    private Answer judge(ProjectChecks.Refusal expected, SQLException e) throws SQLException {
        monitor.check();
        String constraint = constraint(e);
        boolean named = expected.constraint() == null || expected.constraint().equals(constraint);
        if (expected.sqlState().equals(e.getSQLState()) && named) {
            return Answer.passed("refused with " + e.getSQLState() + (constraint == null ? "" : " by " + constraint));
        }
        return Answer.failed("has to be refused with " + expected.sqlState()
                + (expected.constraint() == null ? "" : " by " + expected.constraint()) + ", but was refused with "
                + e.getSQLState() + (constraint == null ? "" : " by " + constraint) + ": " + SqlStates.message(e));
    }

    private static @Nullable String constraint(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        return server == null ? null : server.getConstraint();
    }

    private long deadline() {
        return System.nanoTime() + timeout.toNanos();
    }

    private static int execute(Connection session, String sql, long deadline) throws SQLException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET LOCAL statement_timeout = " + Math.max(1, left));
            statement.execute(sql);
            return Math.max(0, statement.getUpdateCount());
        }
    }
}
