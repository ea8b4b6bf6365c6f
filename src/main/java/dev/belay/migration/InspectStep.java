package dev.belay.migration;

import dev.belay.approval.ApproveStep;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Scope;
import dev.belay.scope.ScopeFinder;
import dev.belay.script.ScriptSyntax;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Looks what there is to apply and whether it may be, and freezes the scripts. */
@ApplicationScoped
class InspectStep implements Step {

    private final DatabaseRegistry databases;
    private final Preflight preflight;
    private final ApproveStep approve;

    InspectStep(DatabaseRegistry databases, Preflight preflight, ApproveStep approve) {
        this.databases = databases;
        this.approve = approve;
        this.preflight = preflight;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        MigrationRequest request = job.request(MigrationRequest.class);
        Scope scope = ScopeFinder.find(database, databases.project(database), request.targets());
        if (scope.parts().isEmpty()) {
            job.detail("nothing to do: all that was asked for is applied");
            job.finishEarly();
            return;
        }
        ScriptSyntax.require(database, scope);
        if (!request.isDryRun()) {
            approve.preflight(job);
        }
        preflight.check(database);
        job.keep(scope);
        job.result("scope", scope.parts().stream().map(Scope.Part::shown).toList());
        List<String> oneWay = scope.parts().stream()
                .flatMap(part -> part.withoutUndo().stream())
                .toList();
        job.detail(scope.shown() + (oneWay.isEmpty() ? "" : "; no undo script for " + String.join(", ", oneWay)));
    }
}
