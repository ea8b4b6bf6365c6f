package dev.belay.standby;

import dev.belay.backup.BackupEvidence;
import dev.belay.backup.Backups;
import dev.belay.backup.Bytes;
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
import java.sql.SQLException;
import java.util.UUID;

/**
 * Restores the migration's backup beside the live database, finds it equal to what was backed up, and closes it, so that a
 * restore has it at hand. After the approval, because one that is not given would have cost the disk for nothing; before the
 * window, because it may take longer than the apply.
 */
@ApplicationScoped
public class StandbyStep implements Step {

    private final DatabaseRegistry databases;
    private final Backups backups;
    private final GoldenCopies golden;
    private final Standbys standbys;

    StandbyStep(DatabaseRegistry databases, Backups backups, GoldenCopies golden, Standbys standbys) {
        this.databases = databases;
        this.backups = backups;
        this.golden = golden;
        this.standbys = standbys;
    }

    @Override
    public String name() {
        return "standby";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase live = databases.require(job.database());
        UUID backup = job.need(BackupEvidence.class).backup();
        try (DatabaseAdmin admin = new DatabaseAdmin(live.address().server())) {
            if (standbys.ready(admin, live.name(), backup).isEmpty()) {
                make(admin, live, backup, job);
            }
            String name = standbys.ready(admin, live.name(), backup).orElseThrow();
            standbys.removeAllOf(admin, live.name());
            job.result("standby", name);
            job.detail(name + ", " + Bytes.shown(admin.size(name))
                    + " on the database's server, equal to the backup and" + " closed to connections");
        }
    }

    private void make(DatabaseAdmin admin, ManagedDatabase live, UUID backup, JobContext job) throws Exception {
        Manifest manifest = backups.manifest(backup);
        Standby standby = create(admin, live, manifest, job);
        DatabaseAddress copy = live.address().server().database(standby.name);
        golden.restore(backup, manifest, copy, job);
        golden.compare(manifest, copy, job);
        standbys.complete(admin, standby);
    }

    private Standby create(DatabaseAdmin admin, ManagedDatabase live, Manifest manifest, JobContext job)
            throws SQLException {
        String onServer = live.address().name();
        Standby standby = standbys.begin(
                admin, new Standby(job.jobId(), manifest.id(), live.name(), Standby.nameFor(job.jobId(), onServer)));
        DatabaseAttributes attributes = DatabaseAttributes.read(admin.session(), onServer);
        admin.create(standby.name, manifest.shape(), attributes.owner());
        standbys.mark(admin, standby);
        attributes.applyTablespace(admin, standby.name);
        return standby;
    }
}
