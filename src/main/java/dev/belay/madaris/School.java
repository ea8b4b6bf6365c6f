package dev.belay.madaris;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.stage.Folders;
import dev.belay.stage.TargetServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/** The school: the portal's database on a server of its own. */
final class School {

    static final String DATABASE = "madaris";
    static final String ROLE = "madaris";

    /** Tables of frameworks, which the application does not work with. */
    static final String BOOKKEEPING = "django_.*|auth_permission|flyway_.*";

    private final TargetServer server;
    private final Path project;

    School(TargetServer server, Folders folders) {
        this.server = server;
        this.project = folders.project();
    }

    /** What Belay's configuration says of it. */
    Map<String, String> configuration() {
        Map<String, String> entries = new TreeMap<>(server.configuration());
        String key = "belay.databases." + DATABASE + ".";
        entries.put(key + "server", TargetServer.NAME);
        entries.put(key + "project", "madaris");
        entries.put(key + "role", ROLE);
        entries.put(key + "environment", "production");
        entries.put("belay.projects.madaris.path", project.toString());
        return entries;
    }

    /** What Flyway's own users have: version 1, and its history table under the usual name. Returns what it was. */
    String applyFirstVersion() {
        DatabaseAddress database = server.database(DATABASE);
        MigrateResult result = Flyway.configure()
                .dataSource(
                        database.jdbcUrl(),
                        database.server().user(),
                        database.server().password())
                .locations("filesystem:" + project.resolve("migrations"))
                .target("1")
                .load()
                .migrate();
        return result.migrations.get(0).description;
    }

    /** Loads five years of data; returns how many members there are then. */
    long load() throws SQLException, IOException {
        String seed = Files.readString(project.resolve("seed.sql"));
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
        return server.connect(DATABASE);
    }

    /** A session of the operator, who may see what Belay has put aside. */
    Connection connectAsOperator() throws SQLException {
        return server.connectAsOperator(DATABASE);
    }

    String psql() throws IOException {
        return server.psql(DATABASE);
    }
}
