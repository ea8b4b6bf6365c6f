package dev.belay.demo;

import dev.belay.embedded.EmbeddedServer;
import dev.belay.postgres.Binaries;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseShape;
import dev.belay.postgres.ServerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/** The school: its server, the portal's database, and the role that the portal logs in as. */
final class School implements AutoCloseable {

    static final String DATABASE = "madaris";
    private static final String ROLE = "madaris";

    private final EmbeddedServer server;
    private final Folders folders;
    private final ServerAddress portal;
    private final String version;

    private School(EmbeddedServer server, Folders folders, ServerAddress portal, String version) {
        this.server = server;
        this.folders = folders;
        this.portal = portal;
        this.version = version;
    }

    /** Starts the server in an empty folder and makes the database, which is empty too. */
    static School open(Folders folders) throws SQLException, IOException {
        EmbeddedServer server = EmbeddedServer.start(options(folders));
        try (DatabaseAdmin admin = new DatabaseAdmin(server.address())) {
            String password = UUID.randomUUID().toString();
            admin.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + password + "'");
            admin.create(DATABASE, new DatabaseShape("UTF8", "C.UTF-8", "C.UTF-8", null, null), ROLE);
            ServerAddress at = server.address();
            return new School(
                    server,
                    folders,
                    new ServerAddress(at.host(), at.port(), ROLE, password, "disable", null, DATABASE),
                    admin.session().getMetaData().getDatabaseProductVersion());
        } catch (SQLException e) {
            server.close();
            throw e;
        }
    }

    static EmbeddedServer.Options options(Folders folders) {
        return EmbeddedServer.Options.durable(folders.school(), Binaries.findServer(null));
    }

    /** What Flyway's own users have: version 1, and its history table under the usual name. Returns what it was. */
    String applyFirstVersion() {
        DatabaseAddress database = portal.database(DATABASE);
        MigrateResult result = Flyway.configure()
                .dataSource(database.jdbcUrl(), portal.user(), portal.password())
                .locations("filesystem:" + folders.project().resolve("migrations"))
                .target("1")
                .load()
                .migrate();
        return result.migrations.get(0).description;
    }

    /** Loads five years of data; returns how many members there are then. */
    long load() throws SQLException, IOException {
        String seed = Files.readString(folders.project().resolve("seed.sql"));
        try (Connection session = connect();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute(seed);
            session.commit();
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + Portal.MEMBERS)) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** A session as the portal opens it. */
    Connection connect() throws SQLException {
        DatabaseAddress database = portal.database(DATABASE);
        Properties properties = database.jdbcProperties();
        properties.setProperty("ApplicationName", "portal");
        return DriverManager.getConnection(database.jdbcUrl(), properties);
    }

    /** A session of the operator, who may see what Belay has put aside. */
    Connection connectAsOperator() throws SQLException {
        return server.address().database(DATABASE).openPlain();
    }

    /** The server's version, as it tells it. */
    String version() {
        return version;
    }

    /** Where Belay finds it. */
    ServerAddress address() {
        return server.address();
    }

    /** The file with the superuser's password, with which Belay logs in. */
    Path passwordFile() {
        return folders.school().resolve("password");
    }

    /** The command with which a person gets into the portal's database. */
    String psql() throws IOException {
        Files.deleteIfExists(folders.passwords());
        Files.createFile(
                folders.passwords(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(folders.passwords(), "*:" + portal.port() + ":*:" + ROLE + ":" + portal.password() + "\n");
        return "PGPASSFILE=" + folders.passwords() + " psql -h " + portal.host() + " -p " + portal.port() + " -U "
                + ROLE + " " + DATABASE;
    }

    @Override
    public void close() {
        server.close();
    }
}
