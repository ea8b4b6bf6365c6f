package dev.belay.reset;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.migration.Preflight;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.takeover.Takeovers;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;

/** Looks once more whether the database may be reset, and whether it can be. */
@ApplicationScoped
class InspectResetStep implements Step {

    private final DatabaseRegistry databases;
    private final Preflight preflight;
    private final Takeovers takeovers;

    InspectResetStep(DatabaseRegistry databases, Preflight preflight, Takeovers takeovers) {
        this.databases = databases;
        this.preflight = preflight;
        this.takeovers = takeovers;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        ResetRequest request = job.request(ResetRequest.class);
        // The configuration may be another than when the job was asked for.
        Development.require(database);
        if (request.wantsBackup()) {
            preflight.check(database);
        }
        try (Connection session = database.address().open()) {
            Preflight.requireNoPreparedTransactions(session, database.address().name());
        }
        if (request.mode() == ResetRequest.Mode.RECREATE) {
            takeovers.prepare("reset", job);
        }
        job.detail(
                request.wantsBackup()
                        ? "a backup is proven first"
                        : "without a backup, as was asked: what goes does not come back");
    }
}
