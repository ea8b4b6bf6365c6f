package dev.belay.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** One database on a server; opens sessions whose text output is the same wherever they run. */
public record DatabaseAddress(ServerAddress server, String name) {

    private static final String PINNED = "-c DateStyle=ISO,YMD -c IntervalStyle=postgres"
            + " -c bytea_output=hex -c extra_float_digits=1 -c search_path= -c row_security=off"
            + " -c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c default_transaction_read_only=off";

    /** A server or a database that answers a commit before it is on disk would lose in a crash what a job has written down. */
    private static final String DURABLE = "SELECT pg_catalog.set_config('synchronous_commit', 'local', false)"
            + " WHERE pg_catalog.current_setting('synchronous_commit') = 'off'";

    /**
     * A session with everything pinned that changes how values are written as text, and with an empty search path, so
     * that names come out qualified. For Belay's own questions, never for running a project's scripts.
     */
    public Connection open() throws SQLException {
        Connection session = connect(PINNED);
        // The driver itself asks for the JVM's time zone, and that wins over an option.
        try (Statement statement = session.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'; " + DURABLE);
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** A session as an application gets it: the database's and the role's own settings hold. For a project's scripts. */
    public Connection openPlain() throws SQLException {
        return connect("");
    }

    /** The JDBC URL; the database name is encoded, so that no name can smuggle in a host or a parameter. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + JdbcUrls.encode(name);
    }

    /** Driver properties that go with {@link #jdbcUrl()}, the password among them. */
    public Properties jdbcProperties() {
        Properties properties = new Properties();
        properties.setProperty("user", server.user());
        String password = server.password();
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.putAll(server.tls().driverSettings());
        properties.setProperty("ApplicationName", "belay");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    private Connection connect(String options) throws SQLException {
        Properties properties = jdbcProperties();
        if (!options.isEmpty()) {
            properties.setProperty("options", options);
        }
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    @Override
    public String toString() {
        return name + " on " + server;
    }
}
