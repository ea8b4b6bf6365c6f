package dev.belay.backup;

import dev.belay.database.ManagedDatabase;
import dev.belay.job.JobKind;
import dev.belay.postgres.Binaries;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scratch.Scratch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/** Turns an archive into a backup: restores it and finds the copy equal to the original. */
@ApplicationScoped
public class ProveStep implements Step {

    private final Backups backups;
    private final GoldenCopies golden;
    private final Scratch scratch;

    ProveStep(Backups backups, GoldenCopies golden, Scratch scratch) {
        this.backups = backups;
        this.golden = golden;
        this.scratch = scratch;
    }

    @Override
    public String name() {
        return "prove";
    }

    @Override
    public void run(JobContext job) throws Exception {
        UUID id = job.need(BackupEvidence.class).backup();
        Manifest manifest = backups.manifest(id);
        int tables = manifest.fingerprint().tables().size();
        if (tables == 0 && !mayBeEmpty(job)) {
            throw ProblemType.BACKUP_NOT_PROVEN.because("There is no table in " + job.database()
                    + " that could be compared, so there is nothing to prove and no backup. Is it the right database?");
        }
        long start = System.nanoTime();
        golden.prove(id, job);
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        job.keep(new Proof(millis, golden.bytes(id)));
        backups.markProven(id);
        job.result("tables", tables);
        job.result("rows", manifest.fingerprint().rows());
        job.result("proven", true);
        job.detail(String.format(
                Locale.ROOT,
                "proven: %d tables, %,d rows, equal",
                tables,
                manifest.fingerprint().rows()));
    }

    /** The first migration of a new database has nothing to lose; a backup that holds nothing is a mistake. */
    private static boolean mayBeEmpty(JobContext job) {
        return job.kind() != JobKind.BACKUP;
    }

    /**
     * Refuses, before anything is read, what the tools here could not back up or prove.
     *
     * @throws dev.belay.problem.ProblemException TOOL_MISSING or PREFLIGHT_REFUSED
     */
    public void preflight(ManagedDatabase database) throws Exception {
        try (DatabaseAdmin admin = new DatabaseAdmin(database.address().server())) {
            Binaries.find(database.binaries()).requireAtLeast(admin.serverMajor());
            scratch.server().requireMajor(admin.serverMajor());
        }
    }
}
