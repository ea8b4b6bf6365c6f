package dev.belay.backup;

import dev.belay.database.DatabaseRegistry;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks whether the database can be backed up and proven with what is installed here. */
@ApplicationScoped
class InspectBackupStep implements Step {

    private final DatabaseRegistry databases;
    private final ProveStep prove;

    InspectBackupStep(DatabaseRegistry databases, ProveStep prove) {
        this.databases = databases;
        this.prove = prove;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void run(JobContext job) throws Exception {
        prove.preflight(databases.require(job.database()));
        job.detail("the tools fit the server");
    }
}
