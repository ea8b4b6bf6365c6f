package dev.belay.relabel;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.SchemaInspector;
import dev.belay.drift.KnownSchemas;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.List;

/** Looks whether Flyway finds the history and the scripts to be one, and the schema as it was. */
@ApplicationScoped
class VerifyRelabelStep implements Step {

    private final DatabaseRegistry databases;
    private final SameSchema same;
    private final KnownSchemas known;

    VerifyRelabelStep(DatabaseRegistry databases, SameSchema same, KnownSchemas known) {
        this.databases = databases;
        this.same = same;
        this.known = known;
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        RelabelPlan plan = job.need(RelabelPlan.class);
        List<String> modules =
                plan.parts().stream().map(part -> part.module().name()).toList();
        List<String> dirty = SchemaInspector.inspect(database, databases.project(database)).stream()
                .filter(state -> modules.contains(state.module()) && state.isDirty())
                .map(ModuleState::module)
                .toList();
        if (!plan.takeBack() && !dirty.isEmpty()) {
            throw ProblemType.VERIFICATION_FAILED.because(
                    "The histories were re-labelled, but Flyway does not find them to"
                            + " be those of the project's scripts: " + String.join(", ", dirty)
                            + ". The schema is as it was. Were the scripts changed meanwhile? Ask again with \"takeBack\": true.");
        }
        try (Connection session = database.address().open()) {
            same.require(session, plan, database);
        }
        known.remember(database, job.jobId());
        job.detail(
                plan.takeBack() && !dirty.isEmpty()
                        ? "the schema is as it was; the project has the squashed scripts still, put the old ones back"
                        : "Flyway finds nothing amiss, and the schema is as it was");
    }
}
