package dev.belay.refresh;

import dev.belay.backup.Backups;
import dev.belay.backup.ProveStep;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectMasking;
import dev.belay.migration.Preflight;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.takeover.Takeovers;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks whether rows may go this way and whether they can, and freezes the rules. */
@ApplicationScoped
class InspectRefreshStep implements Step {

    private final DatabaseRegistry databases;
    private final Backups backups;
    private final Preflight preflight;
    private final ProveStep prove;
    private final Takeovers takeovers;

    InspectRefreshStep(
            DatabaseRegistry databases, Backups backups, Preflight preflight, ProveStep prove, Takeovers takeovers) {
        this.databases = databases;
        this.backups = backups;
        this.preflight = preflight;
        this.prove = prove;
        this.takeovers = takeovers;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void run(JobContext job) throws Exception {
        RefreshRequest request = job.request(RefreshRequest.class);
        ManagedDatabase to = databases.require(job.database());
        ManagedDatabase from = databases.require(request.from());
        // The configuration may be another than when the job was asked for.
        Direction.require(from, to);
        if (request.backup() != null) {
            backups.require(request.backup(), from.name());
        }
        prove.preflight(from);
        preflight.check(to);
        takeovers.prepare("refresh", job);
        // The rows are the source's, and so are the names of their columns.
        ProjectMasking masking = databases.project(from).masking();
        job.keep(masking);
        job.detail("from " + from.name() + ", with " + masking.rules().size() + " masking rules"
                + (request.waived().isEmpty()
                        ? ""
                        : "; " + job.requestedBy() + " waives " + String.join(", ", request.waived())));
    }
}
