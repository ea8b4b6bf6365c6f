package dev.belay.stage;

import dev.belay.embedded.EmbeddedServer;
import dev.belay.postgres.Binaries;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseShape;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.Password;
import dev.belay.postgres.ServerAddress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/** A PostgreSQL server with the databases of an application, and the role that the application logs in as. */
public final class TargetServer implements AutoCloseable {

    /** What Belay's configuration calls it. */
    public static final String NAME = "school";

    private final EmbeddedServer server;
    private final Folders folders;
    private final ServerAddress application;
    private final ServerAddress belay;
    private final String version;

    private TargetServer(
            EmbeddedServer server, Folders folders, ServerAddress application, ServerAddress belay, String version) {
        this.server = server;
        this.folders = folders;
        this.application = application;
        this.belay = belay;
        this.version = version;
    }

    /**
     * Starts the server in an empty folder.
     *
     * @param role that the application logs in as
     */
    public static TargetServer open(Folders folders, String role) throws SQLException, IOException {
        EmbeddedServer server = EmbeddedServer.start(options(folders));
        try (DatabaseAdmin admin = new DatabaseAdmin(server.address())) {
            String password = UUID.randomUUID().toString();
            admin.execute("CREATE ROLE " + Identifiers.quote(role) + " LOGIN PASSWORD '" + password + "'");
            ServerAddress at = server.address();
            return new TargetServer(
                    server,
                    folders,
                    new ServerAddress(at.host(), at.port(), role, password, "disable", null, "postgres"),
                    new Rights(at, folders).give(admin, role),
                    admin.session().getMetaData().getDatabaseProductVersion());
        } catch (SQLException e) {
            server.close();
            throw e;
        }
    }

    static EmbeddedServer.Options options(Folders folders) {
        return EmbeddedServer.Options.durable(folders.server(), Binaries.findServer(null));
    }

    /** Makes an empty database that the application's role owns. */
    public void create(String database) throws SQLException {
        try (DatabaseAdmin admin = new DatabaseAdmin(server.address())) {
            admin.create(database, new DatabaseShape("UTF8", "C.UTF-8", "C.UTF-8", null, null), application.user());
        }
    }

    /** A database as the application reaches it. */
    public DatabaseAddress database(String name) {
        return application.database(name);
    }

    /** A session as the application opens it. */
    public Connection connect(String database) throws SQLException {
        DatabaseAddress address = database(database);
        Properties properties = address.jdbcProperties();
        properties.setProperty("ApplicationName", "application");
        return DriverManager.getConnection(address.jdbcUrl(), properties);
    }

    /** A session of the operator, who may see what Belay has put aside. */
    public Connection connectAsOperator(String database) throws SQLException {
        return server.address().database(database).openPlain();
    }

    /** The server's version, as it tells it. */
    public String version() {
        return version;
    }

    /** What Belay may do on the server, in the words of CREATE ROLE. */
    public String rights() throws SQLException {
        try (DatabaseAdmin admin = new DatabaseAdmin(server.address())) {
            return Rights.held(admin);
        }
    }

    /** What Belay's configuration says of it. */
    public Map<String, String> configuration() {
        String key = "belay.servers." + NAME + ".";
        return Map.of(
                key + "host", belay.host(),
                key + "port", String.valueOf(belay.port()),
                key + "user", belay.user(),
                key + "password-file", ((Password.InFile) belay.secret()).file().toString(),
                key + "sslmode", "disable");
    }

    /** The command with which a person gets into a database. */
    public String psql(String database) throws IOException {
        Rights.writePrivate(
                folders.passwords(),
                "*:" + application.port() + ":*:" + application.user() + ":" + application.password() + "\n");
        return "PGPASSFILE=" + folders.passwords() + " psql -h " + application.host() + " -p " + application.port()
                + " -U " + application.user() + " " + database;
    }

    @Override
    public void close() {
        server.close();
    }
}
