package dev.belay.check;

import dev.belay.check.Checker.Answer;
import dev.belay.database.FlywaySession;
import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.SqlStates;
import dev.belay.postgres.TrackedDataSource;
import dev.belay.sql.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Asks a database in SQL, as the role that scripts run as and in a session of its own each time. Nothing that is asked stays:
 * a check is read only, a sample is rolled back.
 */
final class SqlAsker {

    private static final int NETWORK_MARGIN_MILLIS = 5_000;
    private static final int ROWS_SEEN = 11;

    private final ManagedDatabase database;
    private final String applicationName;
    private final CheckPlan plan;
    private final Duration lockTimeout;
    private final Monitor monitor;

    SqlAsker(ManagedDatabase database, String applicationName, CheckPlan plan, Duration lockTimeout, Monitor monitor) {
        this.database = database;
        this.applicationName = applicationName;
        this.plan = plan;
        this.lockTimeout = lockTimeout;
        this.monitor = monitor;
    }

    Answer isTrue(String sql) throws SQLException {
        return ask(
                true,
                session -> query(session, sql, rows -> {
                    if (rows.getMetaData().getColumnCount() != 1) {
                        return Answer.failed("has to return one column, but returns "
                                + rows.getMetaData().getColumnCount());
                    }
                    if (!rows.next()) {
                        return Answer.failed("has to return true, but returns no row");
                    }
                    Object value = rows.getObject(1);
                    if (value != null && !(value instanceof Boolean)) {
                        return Answer.failed("has to return true or false, but returns a value of the type "
                                + rows.getMetaData().getColumnTypeName(1));
                    }
                    if (rows.next()) {
                        return Answer.failed("has to return one row, but returns more");
                    }
                    return Boolean.TRUE.equals(value)
                            ? Answer.passed("true")
                            : Answer.failed("has to be true, but is " + (value == null ? "NULL" : "false"));
                }));
    }

    Answer hasNoRows(String sql) throws SQLException {
        return ask(
                true,
                session -> query(session, sql, rows -> {
                    int seen = 0;
                    while (rows.next()) {
                        seen++;
                    }
                    return seen == 0
                            ? Answer.passed("no rows")
                            : Answer.failed("has to return no row, but returns "
                                    + (seen < ROWS_SEEN ? seen : "more than " + (ROWS_SEEN - 1)));
                }));
    }

    /** Constraints that are deferred to the commit are tried too, since there will be none. */
    Answer sample(String sql) throws SQLException {
        return ask(false, session -> {
            long deadline = System.nanoTime() + plan.timeout().toNanos();
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
                    return refused("line " + next.line() + ": ", e);
                }
            }
            execute(session, "SET CONSTRAINTS ALL IMMEDIATE", deadline);
            return Answer.passed(made + " rows made and rolled back");
        });
    }

    private int execute(Connection session, String sql, long deadline) throws SQLException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET LOCAL statement_timeout = " + Math.max(1, left));
            statement.execute(sql);
            return Math.max(0, statement.getUpdateCount());
        }
    }

    private interface Work {
        Answer in(Connection session) throws SQLException;
    }

    private interface Reading {
        Answer of(ResultSet rows) throws SQLException;
    }

    private static Answer query(Connection session, String sql, Reading reading) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(ROWS_SEEN);
            try (ResultSet rows = statement.executeQuery(sql)) {
                return reading.of(rows);
            }
        }
    }

    private Answer ask(boolean readOnly, Work work) throws SQLException {
        TrackedDataSource sessions = new TrackedDataSource(database.address(), applicationName);
        try (Connection session = sessions.getConnection();
                Monitor.Registration registration = monitor.onStop(sessions::abort)) {
            Objects.requireNonNull(registration);
            session.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(plan.timeout().toMillis() + NETWORK_MARGIN_MILLIS));
            session.setReadOnly(readOnly);
            session.setAutoCommit(false);
            try {
                prepare(session);
                return work.in(session);
            } catch (SQLException e) {
                return refused("", e);
            } finally {
                session.rollback();
            }
        }
    }

    private void prepare(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(FlywaySession.sessionSql(database, lockTimeout) + "; SET LOCAL statement_timeout = "
                    + plan.timeout().toMillis());
            String schemas = plan.schemas().stream()
                    .map(schema -> Identifiers.literal(Identifiers.quote(schema)))
                    .collect(Collectors.joining(" || ', ' || "));
            statement.execute("SELECT set_config('search_path', " + schemas
                    + " || coalesce(', ' || nullif(current_setting('search_path'), ''), ''), true)");
        }
    }

    private Answer refused(String where, SQLException e) throws SQLException {
        monitor.check();
        if (SqlStates.isConnectionTrouble(e)) {
            throw e;
        }
        return "57014".equals(e.getSQLState())
                ? Answer.failed(where + "was not done within " + plan.timeout().toMillis() / 1000.0 + " s")
                : Answer.failed(where + "PostgreSQL said: " + SqlStates.message(e));
    }
}
