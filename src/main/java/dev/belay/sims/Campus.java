package dev.belay.sims;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.stage.TargetServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/** The school's three databases: the one everybody works with, a copy to rehearse on, and the developers' own. */
final class Campus {

    static final String ROLE = "sims_user";
    static final String PRODUCTION = "sims";
    static final String STAGING = "sims-staging";
    static final String DEVELOPMENT = "sims-dev";

    /** Their names on the server, by those in Belay's configuration. */
    static final Map<String, String> NAMES =
            new TreeMap<>(Map.of(PRODUCTION, "sims_db", STAGING, "sims_staging", DEVELOPMENT, "sims_dev"));

    private static final Map<String, String> ENVIRONMENTS =
            Map.of(PRODUCTION, "production", STAGING, "staging", DEVELOPMENT, "development");

    private final TargetServer server;
    private final String superuserPassword = UUID.randomUUID().toString();

    Campus(TargetServer server) {
        this.server = server;
    }

    /**
     * What Belay's configuration says.
     *
     * @param project the working copy of the project
     * @param applications where the application of a database answers, by the database
     */
    Map<String, String> configuration(Path project, Path secret, Map<String, String> applications) throws IOException {
        Map<String, String> entries = new TreeMap<>(server.configuration());
        NAMES.forEach((database, name) -> {
            String key = "belay.databases." + database + ".";
            entries.put(key + "server", TargetServer.NAME);
            entries.put(key + "name", name);
            entries.put(key + "project", "sims");
            entries.put(key + "role", ROLE);
            entries.put(key + "environment", Objects.requireNonNull(ENVIRONMENTS.get(database)));
        });
        applications.forEach((database, url) -> entries.put("belay.databases." + database + ".application-url", url));
        // So that the demo need not wait for the night: this window opens each hour, and lasts until the next one has
        // begun.
        entries.put("belay.databases." + PRODUCTION + ".policy.windows[0].cron", "0 0 * * * ?");
        entries.put("belay.databases." + PRODUCTION + ".policy.windows[0].duration", "61m");
        entries.put("belay.projects.sims.path", project.toString());
        Files.writeString(secret, superuserPassword);
        entries.put("belay.secrets.sims-superuser.file", secret.toString());
        return entries;
    }

    /** A session of the application. */
    Connection connect(String database) throws SQLException {
        return server.connect(name(database));
    }

    /** A session of the operator. */
    Connection connectAsOperator(String database) throws SQLException {
        return server.connectAsOperator(name(database));
    }

    /** What a query finds, as text; {@code nothing} when it finds no row. */
    String ask(String database, String sql) throws SQLException {
        try (Connection session = connectAsOperator(database);
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "nothing";
        }
    }

    long count(String database, String sql) throws SQLException {
        return Long.parseLong(ask(database, sql));
    }

    /** Does something as the application, in one transaction. */
    void execute(String database, String sql) throws SQLException {
        try (Connection session = connect(database);
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute(sql);
            session.commit();
        }
    }

    /** Where the application reaches a database. */
    DatabaseAddress address(String database) {
        return server.database(name(database));
    }

    private static String name(String database) {
        return Objects.requireNonNull(NAMES.get(database), database);
    }

    TargetServer server() {
        return server;
    }

    String superuserPassword() {
        return superuserPassword;
    }
}
