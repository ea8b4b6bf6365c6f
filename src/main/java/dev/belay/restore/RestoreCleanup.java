package dev.belay.restore;

import dev.belay.database.DatabaseRegistry;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseAttributes;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.Patient;
import dev.belay.run.JobContext;
import dev.belay.standby.Standbys;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;

/** Removes the restored database of a job that did not come as far as the swap; else the standby, which has done its work. */
@ApplicationScoped
public class RestoreCleanup {

    private final DatabaseRegistry databases;
    private final Merges merges;
    private final Standbys standbys;

    RestoreCleanup(DatabaseRegistry databases, Merges merges, Standbys standbys) {
        this.databases = databases;
        this.merges = merges;
        this.standbys = standbys;
    }

    public void cleanUp(JobContext job) throws SQLException {
        merges.forget(job.jobId());
        Optional<RestorePlan> plan = job.evidence(RestorePlan.class);
        if (plan.isPresent()) {
            DatabaseAddress live = databases.require(job.database()).address();
            // A server that crashed under the job is back in a moment.
            Patient.open(live.server().maintenance(), SwapStep.PATIENCE, Monitor.none())
                    .close();
            try (DatabaseAdmin admin = new DatabaseAdmin(live.server())) {
                if (SwapStep.isSwapped(admin, plan.get())) {
                    standbys.removeAllOf(admin, job.database());
                    return;
                }
                // A swap that was begun has closed the live database; a job that is given up must not leave it so.
                if (job.evidence(DatabaseAttributes.class).isPresent()) {
                    admin.allowConnections(plan.get().live(), true);
                    SwapStep.enableSubscriptions(live, job);
                }
                RestoredDatabase.remove(admin, plan.get(), job.jobId());
            }
        }
    }
}
