package dev.belay.relabel;

import dev.belay.catalog.CatalogReader;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.problem.ProblemType;
import dev.belay.scope.Comparison;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/** Sees that the schema is the one that the job has looked at. */
@ApplicationScoped
class SameSchema {

    private final DatabaseRegistry databases;

    SameSchema(DatabaseRegistry databases) {
        this.databases = databases;
    }

    /** @throws dev.belay.problem.ProblemException SCHEMA_DRIFTED when somebody has changed it since */
    void require(Connection session, RelabelPlan plan, ManagedDatabase database) throws SQLException {
        Comparison comparison = new Comparison(databases.project(database).modules());
        if (!comparison.of(CatalogReader.read(session)).digest().equals(plan.schema())) {
            throw ProblemType.SCHEMA_DRIFTED.because(
                    "The schema of " + database.name()
                            + " was changed while the job was under way, by somebody else. The history is as it was. Ask again.");
        }
    }
}
