package dev.belay;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * A managed database of one test, new and empty, and the project that goes with it: one module {@code app} unless the test
 * writes another belay.yaml.
 */
public final class TestDatabase {

    private static final AtomicInteger CLAIMED = new AtomicInteger();
    private static final AtomicInteger LIMITED = new AtomicInteger();
    private static final AtomicInteger WATCHED = new AtomicInteger();
    private static final AtomicInteger STAGING = new AtomicInteger();
    private static final AtomicInteger PRODUCTION = new AtomicInteger();

    private final String name;
    private final DatabaseAddress address;
    private final Path project;

    private TestDatabase(String name, String owner) {
        Config config = ConfigProvider.getConfig();
        this.name = name;
        this.address = new ServerAddress(
                        config.getValue("belay.servers.main.host", String.class),
                        config.getValue("belay.servers.main.port", Integer.class),
                        config.getValue("belay.servers.main.user", String.class),
                        config.getValue("belay.servers.main.password", String.class),
                        "prefer",
                        null,
                        "postgres")
                .database(config.getValue("belay.databases." + name + ".name", String.class));
        this.project = Path.of(config.getValue("test.projects", String.class)).resolve(name);
        executeOnServer("CREATE DATABASE " + Identifiers.quote(address.name()) + owner
                + " TEMPLATE template0 STRATEGY file_copy");
    }

    public static TestDatabase claim() {
        return new TestDatabase("t" + CLAIMED.incrementAndGet(), "");
    }

    /** One whose schema nobody but Belay may change. */
    public static TestDatabase claimWatched() {
        return new TestDatabase("watched" + WATCHED.incrementAndGet(), "");
    }

    /** One whose migrations somebody else than the one who asked has to approve. */
    public static TestDatabase claimProduction() {
        return new TestDatabase("p" + PRODUCTION.incrementAndGet(), "");
    }

    /** One for staging. */
    public static TestDatabase claimStaging() {
        return new TestDatabase("staging" + STAGING.incrementAndGet(), "");
    }

    /** One that Belay may not do everything in: it is no superuser there, but may create databases. */
    public static TestDatabase claimLimited() {
        return new TestDatabase("l" + LIMITED.incrementAndGet(), " OWNER " + TestDatabasesResource.LIMITED_ROLE);
    }

    /** One with a name of its own in {@link TestDatabasesResource}; once only. */
    public static TestDatabase claimNamed(String name) {
        return new TestDatabase(name, "");
    }

    /** As {@link #claimNamed}, and Belay is no superuser there. */
    public static TestDatabase claimNamedLimited(String name) {
        return new TestDatabase(name, " OWNER " + TestDatabasesResource.LIMITED_ROLE);
    }

    /** Its name in the configuration and the API. */
    public String name() {
        return name;
    }

    public DatabaseAddress address() {
        return address;
    }

    public Path project() {
        return project;
    }

    /** Writes a script of the module app. */
    public TestDatabase script(String file, String sql) {
        return file("app/" + file, sql);
    }

    /** Writes any file of the project. */
    public TestDatabase file(String path, String content) {
        try {
            Path file = project.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestDatabase yaml(String content) {
        return file("belay.yaml", content);
    }

    /** Applies the module app as its users do without Belay. */
    public TestDatabase flywayMigrate() {
        flyway().migrate();
        return this;
    }

    /** The same as far as a version. */
    public TestDatabase flywayMigrate(String target) {
        configuration().target(target).load().migrate();
        return this;
    }

    /** Flyway as it comes, on this database and the module app. */
    public Flyway flyway() {
        return configuration().load();
    }

    private FluentConfiguration configuration() {
        return Flyway.configure()
                .dataSource(
                        address.jdbcUrl(),
                        address.server().user(),
                        address.server().password())
                .locations("filesystem:" + project.resolve("app"));
    }

    public TestDatabase execute(String... statements) {
        TestPostgres.execute(address, statements);
        return this;
    }

    public void executeOnServer(String... statements) {
        TestPostgres.execute(address.server().maintenance(), statements);
    }

    /** Runs a file of the class path by psql, which knows every place where a semicolon ends no statement. */
    public TestDatabase psql(String resource) {
        try {
            return psql(Path.of(Objects.requireNonNull(TestDatabase.class.getResource(resource))
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs any file by psql. */
    public TestDatabase psql(Path script) {
        try {
            ProcessBuilder psql = new ProcessBuilder(
                    TestPostgres.binaries().tool("psql").toString(),
                    "-X",
                    "-q",
                    "-v",
                    "ON_ERROR_STOP=1",
                    "-o",
                    "/dev/null",
                    "-f",
                    script.toString());
            ServerAddress server = address.server();
            psql.environment()
                    .putAll(Map.of(
                            "PGHOST", server.host(),
                            "PGPORT", String.valueOf(server.port()),
                            "PGUSER", server.user(),
                            "PGPASSWORD", String.valueOf(server.password()),
                            "PGDATABASE", address.name()));
            int exit = psql.inheritIO().start().onExit().join().exitValue();
            if (exit != 0) {
                throw new IllegalStateException("psql exited with " + exit);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first column of the first row, as text; "null" for NULL. */
    public String ask(String sql) {
        return String.join("", askAll(sql).stream().limit(1).toList());
    }

    /** The first column of all rows, as text. */
    public List<String> askAll(String sql) {
        return askAll(address, sql);
    }

    public static List<String> askAll(DatabaseAddress database, String sql) {
        try (Connection connection = database.openPlain();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What belongs to the database and is in none of its tables: owner, limit, comment, settings, grants. */
    public List<String> attributes() {
        return askAll(
                address().server().maintenance(),
                "SELECT pg_get_userbyid(datdba) || datconnlimit || datallowconn || shobj_description(oid, 'pg_database')"
                        + " FROM pg_database WHERE datname = '" + name() + "'"
                        + " UNION ALL SELECT s.setrole::regrole || ' ' || c FROM pg_db_role_setting s"
                        + " JOIN pg_database d ON d.oid = s.setdatabase, unnest(setconfig) c WHERE datname = '"
                        + name() + "' UNION ALL SELECT string_agg(a::text, ' ' ORDER BY a::text)"
                        + " FROM pg_database d, unnest(d.datacl) a WHERE datname = '" + name() + "' ORDER BY 1");
    }
}
