package dev.belay.migration;

import dev.belay.approval.ApproveStep;
import dev.belay.audit.AuditPlan;
import dev.belay.check.CheckPlan;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleGraph;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.database.SchemaInspector;
import dev.belay.drift.Drift;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Scope;
import dev.belay.scope.ScopeFinder;
import dev.belay.scope.StrayHistories;
import dev.belay.script.ScriptSyntax;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks what there is to apply and whether it may be, and freezes the scripts and what the project asks. */
@ApplicationScoped
class InspectStep implements Step {

    private final DatabaseRegistry databases;
    private final Preflight preflight;
    private final DriftGuard drifts;
    private final ApproveStep approve;

    InspectStep(DatabaseRegistry databases, Preflight preflight, DriftGuard drifts, ApproveStep approve) {
        this.databases = databases;
        this.approve = approve;
        this.preflight = preflight;
        this.drifts = drifts;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        MigrationRequest request = job.request(MigrationRequest.class);
        Project project = databases.project(database);
        Scope scope = ScopeFinder.find(database, project, request.targets());
        Optional<Drift> drift = drifts.look(database, project, job);
        if (scope.parts().isEmpty()) {
            job.detail(nothingToDo(database, request, drift, job));
            job.finishEarly();
            return;
        }
        ScriptSyntax.require(database, scope);
        if (!request.onlyRehearses()) {
            approve.preflight(job);
        }
        preflight.check(database);
        if (database.policy().standby()) {
            requireMayMakeStandby(database);
        }
        job.keep(scope);
        job.keep(ModuleGraph.of(project));
        job.keep(AuditPlan.of(project));
        job.keep(CheckPlan.of(project, versions(database, project, scope)));
        job.result("scope", scope.parts().stream().map(Scope.Part::shown).toList());
        List<String> oneWay = scope.parts().stream()
                .flatMap(part -> part.withoutUndo().stream())
                .toList();
        job.detail(scope.shown()
                + takenAlong(scope, request)
                + (oneWay.isEmpty() ? "" : "; no undo script for " + String.join(", ", oneWay))
                + DriftGuard.clause(drift)
                + StrayHistories.clause(database, project));
    }

    /** What nobody named, and is done because what was named depends on it. */
    private static String takenAlong(Scope scope, MigrationRequest request) {
        List<String> taken = scope.modules().stream()
                .map(ProjectModule::name)
                .filter(name -> !request.targets().containsKey(name))
                .toList();
        return request.targets().isEmpty() || taken.isEmpty()
                ? ""
                : "; taken along, because it is depended on: " + String.join(", ", taken);
    }

    private static void requireMayMakeStandby(ManagedDatabase database) throws SQLException {
        try (DatabaseAdmin admin = new DatabaseAdmin(database.address().server())) {
            Preflight.requireMayCreate(admin, "make the standby that the policy asks for");
        }
    }

    private String nothingToDo(
            ManagedDatabase database, MigrationRequest request, Optional<Drift> drift, JobContext job)
            throws Exception {
        if (!request.acceptsDrift() || request.onlyRehearses() || drift.isEmpty()) {
            return "nothing to do: all that was asked for is applied" + DriftGuard.clause(drift);
        }
        drifts.accept(database, job);
        return "nothing to apply; the schema as it is now is taken as known: "
                + drift.get().firstFew();
    }

    /** Where the migration leads every module, those too that it leaves alone. */
    private static Map<String, String> versions(ManagedDatabase database, Project project, Scope scope)
            throws Exception {
        Map<String, String> versions = new HashMap<>();
        for (ModuleState state : SchemaInspector.inspect(database, project)) {
            if (state.current() != null) {
                versions.put(state.module(), state.current());
            }
        }
        for (Scope.Part part : scope.parts()) {
            if (part.to() != null) {
                versions.put(part.module().name(), part.to());
            }
        }
        return versions;
    }
}
