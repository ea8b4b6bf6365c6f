package dev.belay.roles;

import dev.belay.database.ProjectRoles;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.SqlStates;
import dev.belay.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries what each role may do and what not, by doing it as that role and taking it back. Only PostgreSQL's own refusal of a
 * privilege counts as refused; a statement that fails for another reason proves neither.
 */
final class Trials {

    private static final String SAVEPOINT = "belay_trial";
    private static final String BECOMING = "belay_becoming";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final RoleSession session;
    private final Monitor monitor;
    private final long deadline;

    Trials(RoleSession session, Duration timeout, Monitor monitor) {
        this.session = session;
        this.monitor = monitor;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    private enum Kind {
        DONE,
        REFUSED,
        FAILED
    }

    /** @param rows that were found or written; one at most is counted of those found */
    private record Attempt(Kind kind, int rows, String said) {}

    List<Trial> tryAll(List<ProjectRoles.Group> groups) throws SQLException {
        List<Trial> trials = new ArrayList<>();
        for (ProjectRoles.Group group : groups) {
            for (String sql : group.may()) {
                trials.add(trial(group, sql, Trial.Expected.MAY));
            }
            for (String sql : group.mayNot()) {
                trials.add(trial(group, sql, Trial.Expected.MAY_NOT));
            }
        }
        return trials;
    }

    private Trial trial(ProjectRoles.Group group, String sql, Trial.Expected expected) throws SQLException {
        String statement = Statements.beginning(sql);
        monitor.check();
        monitor.progress(0.7, "trying as " + group.name() + ": " + statement);
        Attempt attempt = attempt(group.role(), group.given(), sql);
        boolean empty = attempt.kind() == Kind.DONE && attempt.rows() == 0;
        // Without rows it may be that a policy hides them; whoever owns the table is asked whether there are any.
        boolean hidden = empty && attempt(null, group.given(), sql).rows() > 0;
        boolean may = expected == Trial.Expected.MAY;
        boolean passed = switch (attempt.kind()) {
            case DONE -> may ? !hidden : hidden;
            case REFUSED -> !may;
            case FAILED -> false;
        };
        return new Trial(group.name(), statement, expected, passed, detail(attempt, empty, hidden, may));
    }

    private static String detail(Attempt attempt, boolean empty, boolean hidden, boolean may) {
        return switch (attempt.kind()) {
            case REFUSED -> "refused: " + attempt.said();
            case FAILED -> "neither allowed nor refused, it failed otherwise: " + attempt.said();
            case DONE -> {
                if (hidden) {
                    yield "there are rows, and row policies hide them";
                }
                yield empty
                        ? "allowed; there was no row to try it on"
                                + (may ? "" : ", so it may be that row policies would hide it: see to a row in given")
                        : "allowed";
            }
        };
    }

    /** @param role null for the role of the scripts */
    private Attempt attempt(@Nullable String role, @Nullable String given, String sql) throws SQLException {
        session.execute("SAVEPOINT " + SAVEPOINT);
        try {
            session.execute("SET LOCAL statement_timeout = " + millisLeft());
            if (given != null) {
                prepare(given);
            }
            if (role != null) {
                become(role);
            }
            return new Attempt(Kind.DONE, execute(sql), "");
        } catch (RefusedGivenException e) {
            return new Attempt(Kind.FAILED, 0, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            monitor.check();
            if (SqlStates.isConnectionTrouble(e)) {
                throw e;
            }
            boolean refused = INSUFFICIENT_PRIVILEGE.equals(e.getSQLState());
            return new Attempt(refused ? Kind.REFUSED : Kind.FAILED, 0, said(e));
        } finally {
            if (!session.connection().isClosed()) {
                session.execute("ROLLBACK TO SAVEPOINT " + SAVEPOINT + "; RELEASE SAVEPOINT " + SAVEPOINT);
            }
        }
    }

    /** What was to be prepared could not be, so nothing was tried. */
    private static final class RefusedGivenException extends Exception {
        RefusedGivenException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private void prepare(String given) throws SQLException, RefusedGivenException {
        for (Statements.Statement statement : Statements.split(given)) {
            try {
                session.execute(statement.sql());
            } catch (SQLException e) {
                if (SqlStates.isConnectionTrouble(e)) {
                    throw e;
                }
                throw new RefusedGivenException("what is given for it, line " + statement.line() + ": " + said(e), e);
            }
        }
    }

    /** One who makes a role need not be a member of it, and is made one until the trial is over. */
    private void become(String role) throws SQLException, RefusedGivenException {
        try {
            setRole(role);
        } catch (SQLException e) {
            if (SqlStates.isConnectionTrouble(e)) {
                throw e;
            }
            throw new RefusedGivenException(
                    "Belay's user cannot become the role; make it a member of " + role + ". " + said(e), e);
        }
    }

    private void setRole(String role) throws SQLException {
        String become = "SET LOCAL ROLE " + Identifiers.quote(role);
        session.execute("SAVEPOINT " + BECOMING);
        try {
            session.execute(become);
        } catch (SQLException e) {
            if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw e;
            }
            session.execute("ROLLBACK TO SAVEPOINT " + BECOMING);
            session.asSelf();
            session.execute("GRANT " + Identifiers.quote(role) + " TO CURRENT_USER");
            session.execute(become);
        }
    }

    private int execute(String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(1);
            if (!statement.execute(sql)) {
                return Math.max(0, statement.getUpdateCount());
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? 1 : 0;
            }
        }
    }

    private static String said(SQLException e) {
        return "57014".equals(e.getSQLState())
                ? "it was not done in time; all trials together have the project's timeout"
                : "PostgreSQL said: " + SqlStates.message(e);
    }

    private long millisLeft() {
        return Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis());
    }
}
