package dev.belay.sims;

import dev.belay.postgres.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/** The system as it was before anybody thought of Belay: its modules applied by plain Flyway, five years of data in it. */
final class OldSystem {

    private final Campus campus;
    private final Path project;

    OldSystem(Campus campus, Path project) {
        this.campus = campus;
        this.project = project;
    }

    /** Applies the old release's modules, each with a history of its own; returns how many scripts that were. */
    int apply(String database) {
        DatabaseAddress address = campus.address(database);
        int scripts = 0;
        for (Release.OldModule module : Release.OLD) {
            scripts += Flyway.configure()
                    .dataSource(
                            address.jdbcUrl(),
                            address.server().user(),
                            address.server().password())
                    .locations("filesystem:" + project.resolve(module.name()))
                    .table("flyway_schema_history_" + module.name())
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .target(module.version())
                    .load()
                    .migrate()
                    .migrationsExecuted;
        }
        return scripts;
    }

    /** Loads five years of data; returns how many students there are then. */
    long load(String database) throws SQLException, IOException {
        campus.execute(database, Files.readString(project.resolve("seed.sql")));
        return campus.count(database, "SELECT count(*) FROM academics_student");
    }
}
