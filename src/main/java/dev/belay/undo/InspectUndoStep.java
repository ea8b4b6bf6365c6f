package dev.belay.undo;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.migration.Preflight;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Scope;
import dev.belay.script.ScriptSyntax;
import jakarta.enterprise.context.ApplicationScoped;

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
        Scope scope = finder.find(database, job.request(UndoRequest.class));
        if (scope.parts().isEmpty()) {
            job.detail("nothing to do: nothing that was asked to be taken back is applied");
            job.finishEarly();
            return;
        }
        ScriptSyntax.requireBack(database, scope);
        preflight.check(database);
        job.keep(scope);
        job.result("scope", scope.parts().stream().map(Scope.Part::shown).toList());
        job.detail(scope.shown());
    }
}
