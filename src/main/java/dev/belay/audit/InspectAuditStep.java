package dev.belay.audit;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.Project;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Scope;
import dev.belay.scope.ScopeFinder;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks which scripts an audit is about; without any it is about all tables of the project's schemas. */
@ApplicationScoped
class InspectAuditStep implements Step {

    private final DatabaseRegistry databases;

    InspectAuditStep(DatabaseRegistry databases) {
        this.databases = databases;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        Project project = databases.project(database);
        Scope scope = ScopeFinder.find(
                database, project, job.request(AuditRequest.class).targets());
        job.keep(scope);
        job.keep(AuditPlan.of(project));
        job.result("scope", scope.parts().stream().map(Scope.Part::shown).toList());
        job.detail(
                scope.parts().isEmpty()
                        ? "nothing is pending: all tables of the project's schemas are counted"
                        : scope.shown());
    }
}
