package dev.belay.standby;

import dev.belay.database.DatabaseRegistry;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.run.JobContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;

/** Removes the standby that a migration has begun and not completed; a complete one is the sweep's. */
@ApplicationScoped
public class StandbyCleanup {

    private final DatabaseRegistry databases;
    private final Standbys standbys;

    StandbyCleanup(DatabaseRegistry databases, Standbys standbys) {
        this.databases = databases;
        this.standbys = standbys;
    }

    public void cleanUp(JobContext job) throws SQLException {
        if (standbys.find(job.jobId()).isEmpty()) {
            return;
        }
        try (DatabaseAdmin admin =
                new DatabaseAdmin(databases.require(job.database()).address().server())) {
            standbys.removeUnready(admin, job.jobId());
        }
    }
}
