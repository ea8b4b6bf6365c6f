package dev.belay.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Plain sessions for a library that asks for a data source, remembered so that they can be broken off. The server then
 * rolls back what they had not committed.
 */
public final class TrackedDataSource implements DataSource {

    private final DatabaseAddress database;
    private final String applicationName;
    private final List<Connection> opened = new CopyOnWriteArrayList<>();
    private volatile boolean aborted;

    public TrackedDataSource(DatabaseAddress database, String applicationName) {
        this.database = database;
        this.applicationName = applicationName;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Properties properties = database.jdbcProperties();
        properties.setProperty("ApplicationName", applicationName);
        Connection connection = DriverManager.getConnection(database.jdbcUrl(), properties);
        opened.add(connection);
        if (aborted) {
            abort(connection);
            throw new SQLException("the work was broken off before it had a session");
        }
        return connection;
    }

    /** Cancels what the sessions are doing and cuts them off. There are no others from then on. */
    public void abort() {
        aborted = true;
        opened.forEach(TrackedDataSource::abort);
    }

    /** Cancels what a session is doing and cuts it off; it does nothing from then on. */
    public static void abort(Connection connection) {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            org.jboss.logging.Logger.getLogger(TrackedDataSource.class).debug("already gone", e);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the role is that of the configuration");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("not a " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
