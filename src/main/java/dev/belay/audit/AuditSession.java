package dev.belay.audit;

import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.SqlStates;
import dev.belay.postgres.TrackedDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * One transaction that reads everything at one moment and can change nothing. What fails in it is taken back to a savepoint,
 * so that the rest is still read.
 */
final class AuditSession implements AutoCloseable {

    private final ManagedDatabase database;
    private final Connection connection;
    private final Monitor monitor;
    private final Monitor.Registration registration;
    private String ownPath = "";

    private AuditSession(
            ManagedDatabase database, Connection connection, Monitor monitor, Monitor.Registration registration) {
        this.database = database;
        this.connection = connection;
        this.monitor = monitor;
        this.registration = registration;
    }

    static AuditSession open(ManagedDatabase database, String applicationName, AuditConfig config, Monitor monitor)
            throws SQLException {
        TrackedDataSource sessions = new TrackedDataSource(database.address(), applicationName);
        Connection connection = sessions.getConnection();
        AuditSession session = new AuditSession(database, connection, monitor, monitor.onStop(sessions::abort));
        try {
            session.begin(config);
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void begin(AuditConfig config) throws SQLException {
        connection.setAutoCommit(false);
        execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        execute("SET LOCAL lock_timeout = " + config.lockTimeout().toMillis()
                + "; SET LOCAL statement_timeout = " + config.statementTimeout().toMillis()
                + "; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL row_security = off"
                + "; SET LOCAL quote_all_identifiers = off; SET LOCAL jit = off");
        ownPath = one("SELECT current_setting('search_path')", row -> row.getString(1));
        usePath("");
    }

    /** A row of an answer. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Something that is asked. */
    interface Question<T> {
        T ask() throws SQLException;
    }

    /** For what needs the session itself; within its transaction. */
    Connection connection() {
        return connection;
    }

    /** Asks as Belay's user with an empty search path, so that names come out qualified. */
    <T> List<T> all(String sql, Row<T> row, Object... parameters) throws SQLException {
        monitor.check();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof Long[] numbers) {
                    statement.setArray(i + 1, connection.createArrayOf("bigint", numbers));
                } else {
                    statement.setObject(i + 1, parameters[i]);
                }
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.of(rows));
                }
            }
            return found;
        }
    }

    <T> T one(String sql, Row<T> row, Object... parameters) throws SQLException {
        return all(sql, row, parameters).get(0);
    }

    /** Asks what a project wrote: as the role of its scripts, and without any parameter, so that a ? is just a ?. */
    <T> T asScripts(String sql, Row<T> row) throws SQLException {
        monitor.check();
        execute("SET LOCAL ROLE " + Identifiers.quote(database.role()));
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                T found = row.of(rows);
                execute("SET LOCAL ROLE NONE");
                return found;
            }
        }
    }

    /** Keeps the transaction usable when the question cannot be answered. */
    <T> T guarded(Question<T> question) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            T answer = question.ask();
            connection.releaseSavepoint(before);
            return answer;
        } catch (SQLException e) {
            monitor.check();
            if (SqlStates.isConnectionTrouble(e)) {
                throw e;
            }
            connection.rollback(before);
            throw new UnanswerableException(SqlStates.message(e), e);
        }
    }

    /** PostgreSQL could not answer; the transaction goes on. */
    static final class UnanswerableException extends SQLException {
        UnanswerableException(String said, SQLException cause) {
            super(said, cause.getSQLState(), cause);
        }

        String said() {
            return "PostgreSQL said: " + getMessage();
        }
    }

    /**
     * Finds unqualified names from now on as the scripts of modules in these schemas do.
     *
     * @return the schemas there are on that path, in its order
     */
    List<String> useScriptPath(List<String> schemas) throws SQLException {
        List<String> path =
                new ArrayList<>(schemas.stream().map(Identifiers::quote).toList());
        if (!ownPath.isBlank()) {
            path.add(ownPath);
        }
        usePath(String.join(", ", path));
        execute("SET LOCAL ROLE " + Identifiers.quote(database.role()));
        List<String> found = all("SELECT unnest(current_schemas(false))", row -> row.getString(1));
        execute("SET LOCAL ROLE NONE");
        return found;
    }

    void useEmptyPath() throws SQLException {
        usePath("");
    }

    private void usePath(String path) throws SQLException {
        one("SELECT set_config('search_path', ?, true)", row -> row.getString(1), path);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        registration.close();
        connection.close();
    }
}
