package dev.belay.byhand;

import dev.belay.backup.Backups;
import dev.belay.backup.BesideArchive;
import dev.belay.database.ManagedDatabase;
import dev.belay.rehearsal.GeneratedUndos;
import dev.belay.rehearsal.Rehearsal;
import dev.belay.rehearsal.SalvagePlan;
import dev.belay.run.JobContext;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Leaves rollback.sh and restore.sh beside a backup, for the day on which Belay cannot be used. */
@ApplicationScoped
public class ByHand {

    private final Backups backups;

    ByHand(Backups backups) {
        this.backups = backups;
    }

    /**
     * Writes the scripts for a migration that is about to begin; once this returns they are on disk, whole. Their paths
     * become part of the job's result.
     *
     * @param lockTimeout how long the undo scripts wait for a lock
     */
    public void write(ManagedDatabase database, UUID backup, Duration lockTimeout, JobContext job)
            throws IOException, SQLException {
        Scope scope = withGenerated(job.need(Scope.class), job);
        boolean canGoBack = job.need(Rehearsal.class).reversible()
                && scope.parts().stream().allMatch(part -> part.withoutUndo().isEmpty());
        Optional<SalvagePlan> salvage = job.evidence(SalvagePlan.class).filter(plan -> canGoBack);
        Map<String, String> files = new LinkedHashMap<>();
        files.putAll(new RollbackScript(database, scope, lockTimeout, job.jobId()).files(salvage));
        files.putAll(new RestoreScript(database, backups.manifest(backup), job.jobId()).files(backups.sums(backup)));
        Path folder = new BesideArchive(backups.folder(backup)).write(files);
        job.result(
                "byHand",
                Map.of(
                        "rollback", folder.resolve(RollbackScript.NAME).toString(),
                        "restore", folder.resolve(RestoreScript.NAME).toString()));
    }

    private static Scope withGenerated(Scope scope, JobContext job) {
        return job.evidence(GeneratedUndos.class)
                .filter(GeneratedUndos::areProven)
                .map(undos -> undos.in(scope))
                .orElse(scope);
    }
}
