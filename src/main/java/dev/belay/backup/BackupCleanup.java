package dev.belay.backup;

import dev.belay.run.JobContext;
import dev.belay.scratch.Scratch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Removes what a job with a backup put up: copies, unpacked files, and an archive that was not proven. */
@ApplicationScoped
public class BackupCleanup {

    private final Backups backups;
    private final GoldenCopies golden;
    private final Scratch scratch;

    BackupCleanup(Backups backups, GoldenCopies golden, Scratch scratch) {
        this.backups = backups;
        this.golden = golden;
        this.scratch = scratch;
    }

    public void cleanUp(JobContext job) throws Exception {
        List<UUID> begun = job.evidence(BackupEvidence.class).map(BackupEvidence::backup).stream()
                .toList();
        backups.removeUnproven(job.jobId(), begun);
        golden.removeTemporaryFiles(job.jobId());
        scratch.removeAllOf(job.jobId());
    }
}
