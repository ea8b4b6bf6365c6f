package dev.belay.relabel;

import dev.belay.backup.GoldenCopies;
import dev.belay.backup.ProveStep;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.Difference;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.database.SchemaInspector;
import dev.belay.database.Script;
import dev.belay.draft.Chain;
import dev.belay.draft.Copies;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Comparison;
import dev.belay.scope.ScopeFinder;
import dev.belay.squash.Schema;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Finds the modules whose history is not that of the project's scripts, and whether the schema is. */
@ApplicationScoped
class InspectRelabelStep implements Step {

    private final DatabaseRegistry databases;
    private final ProveStep prove;
    private final Copies copies;

    InspectRelabelStep(DatabaseRegistry databases, ProveStep prove, Copies copies) {
        this.databases = databases;
        this.prove = prove;
        this.copies = copies;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        prove.preflight(database);
        Project project = databases.project(database);
        RelabelRequest request = job.request(RelabelRequest.class);
        Comparison comparison = new Comparison(project.modules());
        Catalog live = comparison.of(Schema.read(database));
        List<RelabelPlan.Part> parts =
                request.isTakeBack() ? toTakeBack(database, project, request) : toLabel(database, project, live, job);
        if (parts.isEmpty()) {
            job.detail(
                    request.isTakeBack()
                            ? "nothing to take back: no history was re-labelled"
                            : "nothing to do: the history is that of the project's scripts");
            job.finishEarly();
            return;
        }
        plan(new RelabelPlan(parts, request.isTakeBack(), live.digest()), job);
    }

    private static void plan(RelabelPlan plan, JobContext job) {
        List<RelabelPlan.Part> parts = plan.parts();
        job.keep(plan);
        String names = parts.stream().map(part -> part.module().name()).collect(Collectors.joining(", "));
        job.result(
                "archives",
                parts.stream()
                        .collect(Collectors.toMap(
                                part -> part.module().name(),
                                part -> part.module().schema() + "." + part.archive(),
                                (one, other) -> one,
                                TreeMap::new)));
        job.detail(
                plan.takeBack()
                        ? "the old history comes back: " + names
                        : "the live schema is what the new scripts lead to; to re-label: " + names);
    }

    private static List<RelabelPlan.Part> toTakeBack(ManagedDatabase database, Project project, RelabelRequest request)
            throws Exception {
        List<RelabelPlan.Part> parts = new ArrayList<>();
        try (Connection session = database.address().open()) {
            for (ProjectModule module : project.modules()) {
                History history = new History(module);
                String archive = request.names(module.name()) ? history.lastArchive(session) : null;
                if (archive != null) {
                    history.requireOnlyLabel(session);
                    parts.add(new RelabelPlan.Part(module, archive, history.digest(session), null));
                }
            }
        }
        return parts;
    }

    private List<RelabelPlan.Part> toLabel(ManagedDatabase database, Project project, Catalog live, JobContext job)
            throws Exception {
        RelabelRequest request = job.request(RelabelRequest.class);
        Map<String, ModuleState> states = new TreeMap<>();
        for (ModuleState state : SchemaInspector.inspect(database, project)) {
            states.put(state.module(), state);
        }
        List<ProjectModule> chosen = project.modules().stream()
                .filter(module -> request.names(module.name()) && isOther(states.get(module.name())))
                .toList();
        if (chosen.isEmpty()) {
            return List.of();
        }
        Chain chain = Chain.in(copies.empty(database, "chain", job), job);
        for (ProjectModule module : project.modules()) {
            ModuleState state = states.get(module.name());
            if (state != null) {
                chain.run(chosen.contains(module) ? first(module, state) : applied(module, state));
            }
        }
        List<Difference> differences = Schema.bare(new Comparison(project.modules()).of(Schema.read(chain.database())))
                .differences(Schema.bare(live));
        if (!differences.isEmpty()) {
            throw ProblemType.SCHEMA_DRIFTED.because("The schema of " + database.name()
                    + " is not what the project's scripts lead to: " + GoldenCopies.shown(differences)
                    + " Nothing was changed: a history that says otherwise would be untrue. Bring the database to where the"
                    + " squash was made, with the old scripts, then ask again.");
        }
        return parts(database, chosen, chain);
    }

    private static List<RelabelPlan.Part> parts(ManagedDatabase database, List<ProjectModule> chosen, Chain chain)
            throws Exception {
        List<RelabelPlan.Part> parts = new ArrayList<>();
        try (Connection live = database.address().open();
                Connection made = chain.database().address().open()) {
            for (ProjectModule module : chosen) {
                History history = new History(module);
                parts.add(new RelabelPlan.Part(
                        module, history.nextArchive(live), history.digest(live), history.label(made)));
            }
        }
        return parts;
    }

    /** Whether the history has what the project's scripts do not have, as after a squash. */
    private static boolean isOther(@Nullable ModuleState state) {
        if (state == null || (state.unknown().isEmpty() && state.mismatched().isEmpty())) {
            return false;
        }
        if (!state.failed().isEmpty()) {
            ScopeFinder.requireUsable(state);
        }
        return true;
    }

    private static ProjectModule first(ProjectModule module, ModuleState state) {
        List<Script> versions = module.of(Script.Kind.VERSIONED);
        if (versions.isEmpty()) {
            throw ProblemType.PROJECT_INVALID.because("The module " + module.name()
                    + " has no version, so its history has nothing to be re-labelled to. Nothing was changed.");
        }
        return Chain.with(
                module,
                script -> script.equals(versions.get(0))
                        || (script.kind() == Script.Kind.REPEATABLE
                                && !state.pending().contains(script.file())));
    }

    private static ProjectModule applied(ProjectModule module, ModuleState state) {
        ScopeFinder.requireUsable(state);
        return Chain.with(module, script -> switch (script.kind()) {
            case VERSIONED ->
                state.current() != null
                        && script.migrationVersion().compareTo(MigrationVersion.fromVersion(state.current())) <= 0;
            case REPEATABLE -> !state.pending().contains(script.file());
            case UNDO -> false;
        });
    }
}
