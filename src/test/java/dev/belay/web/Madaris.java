package dev.belay.web;

import dev.belay.database.DatabaseRegistry;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The managed database of the tests, changed without Belay. */
public final class Madaris {

    private final DatabaseAddress address;

    public Madaris(DatabaseRegistry databases) {
        address = databases.require("madaris").address();
    }

    public void reset() {
        execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    }

    public void execute(String... statements) {
        TestPostgres.execute(address, statements);
    }

    /** Applies the project's scripts with plain Flyway, as far as a version. */
    public void migrate(String target) {
        Properties login = address.jdbcProperties();
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(address.jdbcUrl(), login.getProperty("user"), login.getProperty("password"))
                .locations("filesystem:deploy/projects/madaris/migrations")
                .target(target);
        var unused = flyway.load().migrate();
    }

    /** Leaves what Flyway leaves of a script that failed outside of a transaction. */
    public void recordFailure() {
        execute("UPDATE flyway_schema_history SET success = false"
                + " WHERE installed_rank = (SELECT max(installed_rank) FROM flyway_schema_history)");
    }
}
