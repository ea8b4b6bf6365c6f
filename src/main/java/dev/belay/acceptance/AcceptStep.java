package dev.belay.acceptance;

import dev.belay.check.CheckPlan;
import dev.belay.check.Checks;
import dev.belay.check.Examiner;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.SchemaInspector;
import dev.belay.database.Secrets;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** Asks all checks and samples of the project, of the database as it stands and of its application. */
@ApplicationScoped
class AcceptStep implements Step {

    private final DatabaseRegistry databases;
    private final Secrets secrets;

    AcceptStep(DatabaseRegistry databases, Secrets secrets) {
        this.databases = databases;
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "accept";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        Project project = databases.project(database);
        Map<String, String> versions = new HashMap<>();
        for (ModuleState state : SchemaInspector.inspect(database, project)) {
            if (state.current() != null) {
                versions.put(state.module(), state.current());
            }
        }
        CheckPlan plan = CheckPlan.forAcceptance(project, versions);
        if (plan.checks().isEmpty() && plan.samples().isEmpty()) {
            throw ProblemType.CHECK_FAILED.because("The project " + project.name()
                    + " asks nothing that its versions have reached, so there is nothing to accept. Nothing was changed."
                    + " Write checks and samples in belay.yaml, then ask again.");
        }
        job.keep(plan);
        job.detail(Checks.accept(database, new Examiner(project, secrets::require), job));
    }
}
