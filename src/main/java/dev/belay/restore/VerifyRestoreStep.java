package dev.belay.restore;

import dev.belay.backup.Backups;
import dev.belay.backup.GoldenCopies;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.Difference;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.drift.KnownSchemas;
import dev.belay.migration.Look;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Comparison;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Looks through the live name whether what applications now see is what was backed up. */
@ApplicationScoped
class VerifyRestoreStep implements Step {

    private final DatabaseRegistry databases;
    private final Backups backups;
    private final KnownSchemas known;

    VerifyRestoreStep(DatabaseRegistry databases, Backups backups, KnownSchemas known) {
        this.databases = databases;
        this.backups = backups;
        this.known = known;
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        RestorePlan plan = job.need(RestorePlan.class);
        Comparison everything = new Comparison(List.of());
        Catalog restored = backups.manifest(plan.backup()).fingerprint().catalog();
        List<Difference> differences = Look.differences(database, everything, restored);
        if (!differences.isEmpty()) {
            known.remember(job.database(), job.jobId(), restored);
            throw ProblemType.VERIFICATION_FAILED.because("The restored database has taken over, but its schema is not"
                    + " that of the backup: " + GoldenCopies.shown(differences)
                    + " The database as it was before is kept as " + plan.keptAs() + ".");
        }
        known.remember(database, job.jobId());
        job.detail("the schema is that of the backup");
    }
}
