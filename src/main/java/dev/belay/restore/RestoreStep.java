package dev.belay.restore;

import dev.belay.backup.Backups;
import dev.belay.backup.GoldenCopies;
import dev.belay.backup.Manifest;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseAttributes;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Restores the backup beside the live database and finds it equal to what was backed up. Applications go on meanwhile. */
@ApplicationScoped
class RestoreStep implements Step {

    private final DatabaseRegistry databases;
    private final Backups backups;
    private final GoldenCopies golden;

    RestoreStep(DatabaseRegistry databases, Backups backups, GoldenCopies golden) {
        this.databases = databases;
        this.backups = backups;
        this.golden = golden;
    }

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public void run(JobContext job) throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        ManagedDatabase database = databases.require(job.database());
        Manifest manifest = backups.manifest(plan.backup());
        DatabaseAddress successor = database.address().server().database(plan.successor());
        try (DatabaseAdmin admin = new DatabaseAdmin(database.address().server())) {
            RestoredDatabase.remove(admin, plan, job.jobId());
            DatabaseAttributes attributes = DatabaseAttributes.read(admin.session(), plan.live());
            admin.create(plan.successor(), manifest.shape(), attributes.owner());
            attributes.applyTablespace(admin, plan.successor());
            admin.mark(plan.successor(), RestoredDatabase.mark(job.jobId()));
        }
        golden.restore(plan.backup(), manifest, successor, job);
        golden.compare(manifest, successor, job);
        job.detail(String.format(
                Locale.ROOT,
                "%s: %d tables, %,d rows, equal to the backup",
                plan.successor(),
                manifest.fingerprint().tables().size(),
                manifest.fingerprint().rows()));
    }
}
