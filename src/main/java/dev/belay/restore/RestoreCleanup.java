package dev.belay.restore;

import dev.belay.database.DatabaseRegistry;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseAttributes;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.Patient;
import dev.belay.run.JobContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;

/** Removes the restored database of a job that did not come as far as the swap. */
@ApplicationScoped
public class RestoreCleanup {

    private final DatabaseRegistry databases;
    private final Merges merges;

    RestoreCleanup(DatabaseRegistry databases, Merges merges) {
        this.databases = databases;
        this.merges = merges;
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
                // A swap that was begun has closed the live database; a job that is given up must not leave it so.
                if (job.evidence(DatabaseAttributes.class).isPresent() && !SwapStep.isSwapped(admin, plan.get())) {
                    admin.allowConnections(plan.get().live(), true);
                    SwapStep.enableSubscriptions(live, job);
                }
                RestoredDatabase.remove(admin, plan.get(), job.jobId());
            }
        }
    }
}
