package dev.belay.refresh;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.SchemaInspector;
import dev.belay.drift.KnownSchemas;
import dev.belay.job.DatabaseState;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scratch.Scratch;
import dev.belay.takeover.SwapNames;
import dev.belay.takeover.Takeover;
import dev.belay.takeover.Takeovers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** swap → verify: the copy gets the name. */
@ApplicationScoped
class TakeoverSteps {

    private final List<Step> steps;

    TakeoverSteps(Takeovers takeovers, Verify verify) {
        this.steps = List.of(new SwapNames(takeovers, DatabaseState.REFRESHED), verify);
    }

    List<Step> steps() {
        return steps;
    }

    /** Looks through the name at what there is now, and lets go of what the refresh before has kept. */
    @ApplicationScoped
    static class Verify implements Step {

        private final DatabaseRegistry databases;
        private final KnownSchemas known;
        private final Takeovers takeovers;
        private final Scratch scratch;

        Verify(DatabaseRegistry databases, KnownSchemas known, Takeovers takeovers, Scratch scratch) {
            this.databases = databases;
            this.known = known;
            this.takeovers = takeovers;
            this.scratch = scratch;
        }

        @Override
        public String name() {
            return "verify";
        }

        @Override
        public void run(JobContext job) throws Exception {
            ManagedDatabase database = databases.require(job.database());
            List<String> versions = new ArrayList<>();
            for (ModuleState state : SchemaInspector.inspect(database, databases.project(database))) {
                versions.add(state.module() + " " + (state.current() == null ? "at nothing" : state.current()));
            }
            known.remember(database, job.jobId());
            takeovers.keepOnlyThis("belay " + scratch.controlId() + " before refresh of " + job.database(), job);
            String kept = job.need(Takeover.class).keptAs();
            job.result("keptAs", kept);
            job.detail(String.join(", ", versions) + "; the database as it was is kept as " + kept
                    + ", closed to connections, until the next refresh");
        }
    }
}
