package dev.belay.restore;

import dev.belay.backup.Backups;
import dev.belay.backup.GoldenCopies;
import dev.belay.backup.Manifest;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseAttributes;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.standby.Standbys;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Restores the backup beside the live database and finds it equal to what was backed up. Applications go on meanwhile. Where
 * a standby of the backup is ready it is cloned, and stays as it is: a dry run, a job that fails, and one whose process dies
 * leave it for the next.
 */
@ApplicationScoped
class RestoreStep implements Step {

    private static final Logger LOG = Logger.getLogger(RestoreStep.class);

    private final DatabaseRegistry databases;
    private final Backups backups;
    private final GoldenCopies golden;
    private final Standbys standbys;

    RestoreStep(DatabaseRegistry databases, Backups backups, GoldenCopies golden, Standbys standbys) {
        this.databases = databases;
        this.backups = backups;
        this.golden = golden;
        this.standbys = standbys;
    }

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public void run(JobContext job) throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        ManagedDatabase live = databases.require(job.database());
        Manifest manifest = backups.manifest(plan.backup());
        try (DatabaseAdmin admin = new DatabaseAdmin(live.address().server())) {
            Optional<String> standby = standbys.ready(admin, job.database(), plan.backup());
            long start = System.nanoTime();
            boolean cloned = standby.isPresent() && cloneEqual(standby.get(), admin, manifest, job);
            if (!cloned) {
                restore(admin, manifest, job);
            }
            job.detail(String.format(
                    Locale.ROOT,
                    "%s: %d tables, %,d rows, equal to the backup; %s in %.1f s",
                    plan.successor(),
                    manifest.fingerprint().tables().size(),
                    manifest.fingerprint().rows(),
                    cloned ? "cloned from the standby " + standby.get() : fromArchive(standby),
                    (System.nanoTime() - start) / 1e9));
        }
    }

    private static String fromArchive(Optional<String> standby) {
        return "restored from the archive"
                + standby.map(name -> ", because the standby " + name + " is not what it was any more,")
                        .orElse("");
    }

    private void restore(DatabaseAdmin admin, Manifest manifest, JobContext job) throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        RestoredDatabase.remove(admin, plan, job.jobId());
        DatabaseAttributes attributes = DatabaseAttributes.read(admin.session(), plan.live());
        admin.create(plan.successor(), manifest.shape(), attributes.owner());
        attributes.applyTablespace(admin, plan.successor());
        admin.mark(plan.successor(), RestoredDatabase.mark(job.jobId()));
        DatabaseAddress successor = successor(job);
        golden.restore(plan.backup(), manifest, successor, job);
        golden.compare(manifest, successor, job);
    }

    /**
     * Clones the standby. That it was closed is no proof that nobody opened it in between, so all its rows are compared again:
     * that reads them once, where pg_restore would write them and build their indexes.
     *
     * @return whether the clone is equal to the backup; when it is not the archive has to do
     */
    private boolean cloneEqual(String standby, DatabaseAdmin admin, Manifest manifest, JobContext job)
            throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        RestoredDatabase.remove(admin, plan, job.jobId());
        DatabaseAttributes attributes = DatabaseAttributes.read(admin.session(), plan.live());
        job.progress(0, "cloning the standby " + standby);
        admin.cloneFrom(standby, plan.successor(), attributes.owner());
        admin.mark(plan.successor(), RestoredDatabase.mark(job.jobId()));
        attributes.applyTablespace(admin, plan.successor());
        try {
            golden.compare(manifest, successor(job), job);
            return true;
        } catch (ProblemException e) {
            if (e.type() != ProblemType.BACKUP_NOT_PROVEN) {
                throw e;
            }
            LOG.warnf("the standby %s is not equal to the backup any more, so the archive is restored", standby);
            return false;
        }
    }

    private DatabaseAddress successor(JobContext job) {
        return databases
                .require(job.database())
                .address()
                .server()
                .database(job.need(RestorePlan.class).successor());
    }
}
