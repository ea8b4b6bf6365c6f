package dev.belay.undo;

import dev.belay.check.CheckPlan;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.SchemaInspector;
import dev.belay.migration.Preflight;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Scope;
import dev.belay.script.ScriptSyntax;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Looks which versions are to be taken back and whether they can be, and freezes the scripts. */
@ApplicationScoped
class InspectUndoStep implements Step {

    private final DatabaseRegistry databases;
    private final UndoScopeFinder finder;
    private final Preflight preflight;

    InspectUndoStep(DatabaseRegistry databases, UndoScopeFinder finder, Preflight preflight) {
        this.databases = databases;
        this.finder = finder;
        this.preflight = preflight;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        Project project = databases.project(database);
        UndoRequest request = job.request(UndoRequest.class);
        Scope scope = finder.find(database, project, request.targets());
        if (scope.parts().isEmpty()) {
            job.detail("nothing to do: nothing that was asked to be taken back is applied");
            job.finishEarly();
            return;
        }
        ScriptSyntax.requireBack(database, scope);
        preflight.check(database);
        Standing standing = Standing.of(project, UndoScopeFinder.appliedOrder(database, project), scope);
        job.keep(scope);
        job.keep(standing);
        if (!standing.isEmpty()) {
            job.keep(CheckPlan.of(project, versions(database, project, scope)));
            Optional<DependentsFirst> first = finder.dependentsFirst(database, project, scope, standing, request);
            first.ifPresent(job::keep);
        }
        job.result("scope", scope.parts().stream().map(Scope.Part::shown).toList());
        job.detail(scope.shown()
                + (standing.isEmpty()
                        ? ""
                        : "; applied later by modules that depend on it, and to stay if they can: "
                                + standing.shown()));
    }

    /** Where the undo leaves every module. */
    private static Map<String, String> versions(ManagedDatabase database, Project project, Scope scope)
            throws Exception {
        Map<String, String> versions = new HashMap<>();
        for (ModuleState state : SchemaInspector.inspect(database, project)) {
            if (state.current() != null) {
                versions.put(state.module(), state.current());
            }
        }
        for (Scope.Part part : scope.parts()) {
            if (part.to() == null) {
                versions.remove(part.module().name());
            } else {
                versions.put(part.module().name(), part.to());
            }
        }
        return versions;
    }
}
