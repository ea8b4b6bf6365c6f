package dev.belay.roles;

import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.TrackedDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one transaction in which everything is made and tried. It works as the role of the scripts, who own what the grants
 * are on; a superuser stays what they are.
 */
final class RoleSession implements AutoCloseable {

    private final Connection connection;
    private final Monitor.Registration registration;
    private final String worker;

    private RoleSession(Connection connection, Monitor.Registration registration, String role) throws SQLException {
        this.connection = connection;
        this.registration = registration;
        boolean superuser = ask("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
                .equals(Optional.of("t"));
        this.worker = superuser ? "NONE" : Identifiers.quote(role);
    }

    static RoleSession open(
            ManagedDatabase database, List<String> schemas, String name, Duration lockTimeout, Monitor monitor)
            throws SQLException {
        TrackedDataSource sessions = new TrackedDataSource(database.address(), name);
        Connection connection = sessions.getConnection();
        RoleSession session = null;
        try {
            connection.setAutoCommit(false);
            session = new RoleSession(connection, monitor.onStop(sessions::abort), database.role());
            session.prepare(schemas, lockTimeout);
            return session;
        } catch (SQLException | RuntimeException e) {
            if (session == null) {
                connection.close();
            } else {
                session.close();
            }
            throw e;
        }
    }

    private void prepare(List<String> schemas, Duration lockTimeout) throws SQLException {
        execute("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
        String path = schemas.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
        ask(
                "SELECT set_config('search_path', concat_ws(', ', ?::text, nullif(current_setting('search_path'), '')),"
                        + " true)",
                path);
        asWorker();
    }

    void asWorker() throws SQLException {
        execute("SET LOCAL ROLE " + worker);
    }

    /** As the user that Belay logs in as. */
    void asSelf() throws SQLException {
        execute("SET LOCAL ROLE NONE");
    }

    Connection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    int update(String sql, @Nullable String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** The rows' columns as text. */
    List<List<@Nullable String>> rows(String sql, @Nullable String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                List<List<@Nullable String>> all = new ArrayList<>();
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    List<@Nullable String> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(rows.getString(i));
                    }
                    all.add(row);
                }
                return all;
            }
        }
    }

    /** The first column of all rows, where none is NULL. */
    List<String> column(String sql, @Nullable String... parameters) throws SQLException {
        return rows(sql, parameters).stream()
                .map(row -> Objects.requireNonNull(row.get(0)))
                .toList();
    }

    /** The first column of the first row; empty without one, or when it is NULL. */
    Optional<String> ask(String sql, @Nullable String... parameters) throws SQLException {
        return rows(sql, parameters).stream().findFirst().map(row -> row.get(0));
    }

    /** The server infers each parameter's type, as it does for a literal. */
    private static void bind(PreparedStatement statement, @Nullable String... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i], Types.OTHER);
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() throws SQLException {
        registration.close();
        connection.close();
    }
}
