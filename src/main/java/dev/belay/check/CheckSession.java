package dev.belay.check;

import dev.belay.check.Checker.Answer;
import dev.belay.database.FlywaySession;
import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.SqlStates;
import dev.belay.postgres.TrackedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;

/** A session for each question, as the role that scripts run as. Nothing that is done in it stays. */
final class CheckSession {

    private static final int NETWORK_MARGIN_MILLIS = 5_000;

    private final ManagedDatabase database;
    private final String applicationName;
    private final CheckPlan plan;
    private final Duration lockTimeout;
    private final Monitor monitor;

    CheckSession(
            ManagedDatabase database, String applicationName, CheckPlan plan, Duration lockTimeout, Monitor monitor) {
        this.database = database;
        this.applicationName = applicationName;
        this.plan = plan;
        this.lockTimeout = lockTimeout;
        this.monitor = monitor;
    }

    /** What is done in it. */
    interface Work {
        Answer in(Connection session) throws SQLException;
    }

    Answer ask(boolean readOnly, Work work) throws SQLException {
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

    /** What PostgreSQL did not do, and why. */
    Answer refused(String where, SQLException e) throws SQLException {
        monitor.check();
        if (SqlStates.isConnectionTrouble(e)) {
            throw e;
        }
        return "57014".equals(e.getSQLState())
                ? Answer.failed(where + "was not done within " + plan.timeout().toMillis() / 1000.0 + " s")
                : Answer.failed(where + "PostgreSQL said: " + SqlStates.message(e));
    }
}
