package dev.belay.undo;

import dev.belay.database.HistoryTable;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.database.SchemaInspector;
import dev.belay.database.Script;
import dev.belay.job.DatabaseState;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.rehearsal.GeneratedUndoArchive;
import dev.belay.scope.AppliedOrder;
import dev.belay.scope.Scope;
import dev.belay.script.ScriptSyntax;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Finds out which versions an undo has to take back, and refuses what nothing takes back. */
@ApplicationScoped
class UndoScopeFinder {

    private static final MigrationVersion NOTHING = MigrationVersion.fromVersion("0");

    private final JobJournal journal;
    private final GeneratedUndoArchive generated;

    UndoScopeFinder(JobJournal journal, GeneratedUndoArchive generated) {
        this.journal = journal;
        this.generated = generated;
    }

    /** @param asked versions by modules; empty for what the last migration found */
    Scope find(ManagedDatabase database, Project project, Map<String, String> asked) throws Exception {
        Map<String, String> targets = asked.isEmpty() ? beforeLastMigration(database) : asked;
        targets.keySet().forEach(project::module);
        List<Scope.Part> parts = new ArrayList<>();
        List<ModuleState> states = SchemaInspector.inspect(database, project);
        for (int i = 0; i < states.size(); i++) {
            ProjectModule module = project.modules().get(i);
            String target = targets.get(module.name());
            if (target != null) {
                MigrationVersion floor = floor(database, module);
                MigrationVersion to = version(target);
                if (!asked.isEmpty()) {
                    requireAbove(floor, module, to);
                }
                part(module, states.get(i), to.compareTo(floor) < 0 ? floor : to, floor)
                        .map(part -> withUndo(database.name(), part))
                        .ifPresent(parts::add);
            }
        }
        return appliedOrder(database, project).of(new Scope(parts));
    }

    /**
     * What goes back where a scope cannot go alone; empty where the request names one of the dependents, which is to stay then,
     * or one of them has no way back.
     */
    Optional<DependentsFirst> dependentsFirst(
            ManagedDatabase database, Project project, Scope scope, Standing standing, UndoRequest request)
            throws Exception {
        Map<String, String> targets = new LinkedHashMap<>();
        scope.parts()
                .forEach(part ->
                        targets.put(part.module().name(), Objects.requireNonNullElse(part.to(), NOTHING.getVersion())));
        for (Standing.Dependent dependent : standing.modules()) {
            if (request.targets().containsKey(dependent.module())) {
                return Optional.empty();
            }
            targets.put(dependent.module(), dependent.before());
        }
        try {
            Scope wider = find(database, project, targets);
            ScriptSyntax.requireBack(database, wider);
            return Optional.of(new DependentsFirst(wider, shown(wider, standing), null));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static String shown(Scope wider, Standing standing) {
        List<String> modules =
                standing.modules().stream().map(Standing.Dependent::module).toList();
        return wider.parts().stream()
                .filter(part -> modules.contains(part.module().name()))
                .map(Scope.Part::shown)
                .collect(Collectors.joining(", "));
    }

    /** The order in which everything was applied that is. */
    static AppliedOrder appliedOrder(ManagedDatabase database, Project project) throws SQLException {
        try (Connection session = database.address().open()) {
            return AppliedOrder.read(session, project.modules());
        }
    }

    private Map<String, String> beforeLastMigration(ManagedDatabase database) {
        Scope last = journal.last(database.name(), JobKind.MIGRATION, DatabaseState.MIGRATED)
                .flatMap(job -> journal.evidence(job.id(), Scope.class))
                .orElseThrow(() -> ProblemType.INVALID_REQUEST.because("Belay has not migrated " + database.name()
                        + ", so it does not know what to take back. Nothing was changed. Say the version of each module"
                        + " in \"to\"."));
        Map<String, String> targets = new LinkedHashMap<>();
        last.parts()
                .forEach(part -> targets.put(
                        part.module().name(), Objects.requireNonNullElse(part.from(), NOTHING.getVersion())));
        return targets;
    }

    /** Where the module's history begins: at its baseline, or before its first version. */
    private static MigrationVersion floor(ManagedDatabase database, ProjectModule module) throws SQLException {
        try (Connection session = database.address().open()) {
            HistoryTable history = new HistoryTable(module);
            return module.baseline() != null && history.isMissingInUsedSchema(session)
                    ? MigrationVersion.fromVersion(module.baseline())
                    : history.baseline(session).orElse(NOTHING);
        }
    }

    /** What a baseline counts as applied was never run here, so an undo script would take away what it never made. */
    private static void requireAbove(MigrationVersion floor, ProjectModule module, MigrationVersion to) {
        if (to.compareTo(floor) < 0) {
            throw ProblemType.NOT_REVERSIBLE.because("The history of the module " + module.name()
                    + " begins at the baseline " + floor
                    + ": what was there before was not made by its scripts, so they"
                    + " cannot take it back. Nothing was changed. Go back to " + floor
                    + " at most, or ask for a rollback with the method RESTORE.");
        }
    }

    private static Optional<Scope.Part> part(
            ProjectModule module, ModuleState state, MigrationVersion to, MigrationVersion floor) {
        MigrationVersion from = state.current() == null ? NOTHING : MigrationVersion.fromVersion(state.current());
        List<Script> taken = module.of(Script.Kind.VERSIONED).stream()
                .filter(script -> script.migrationVersion().compareTo(to) > 0
                        && script.migrationVersion().compareTo(from) <= 0)
                .toList();
        if (!to.equals(floor) && !isBaseline(module, to)) {
            requireVersion(module, to);
        }
        requireKnown(module, state, taken);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        @Nullable String shownTarget = to.equals(NOTHING) ? null : to.getVersion();
        return Optional.of(new Scope.Part(
                module,
                state.current(),
                shownTarget,
                taken.stream().map(Script::file).toList()));
    }

    /** What nobody wrote is taken from the rehearsal that made and proved it. */
    private Scope.Part withUndo(String database, Scope.Part part) {
        List<Script> taken = part.module().of(Script.Kind.VERSIONED).stream()
                .filter(script -> part.files().contains(script.file()))
                .toList();
        ProjectModule module = generated.complete(database, part.module(), taken);
        List<String> oneWay = taken.stream()
                .filter(script -> module.undoOf(script.migrationVersion()).isEmpty())
                .map(script -> script.file()
                        + generated
                                .whyNot(database, module.name(), script)
                                .map(why -> " (and none could be generated: " + why + ")")
                                .orElse(""))
                .toList();
        if (!oneWay.isEmpty()) {
            throw ProblemType.NOT_REVERSIBLE.because("The module " + module.name() + " has no undo script for "
                    + String.join(", ", oneWay) + ". Nothing was changed. Write one, or ask for a rollback with the"
                    + " method RESTORE.");
        }
        return new Scope.Part(module, part.from(), part.to(), part.files());
    }

    private static void requireVersion(ProjectModule module, MigrationVersion to) {
        if (module.of(Script.Kind.VERSIONED).stream()
                .noneMatch(script -> script.migrationVersion().equals(to))) {
            throw ProblemType.INVALID_REQUEST.because(
                    "The module " + module.name() + " has no version " + to + ". Nothing was changed.");
        }
    }

    private static void requireKnown(ProjectModule module, ModuleState state, List<Script> taken) {
        if (!taken.isEmpty() && (!state.unknown().isEmpty() || !state.failed().isEmpty())) {
            throw ProblemType.HISTORY_NOT_USABLE.because("The history of the module " + module.name()
                    + " has scripts that failed or that the project does not have: " + state.failed() + state.unknown()
                    + ". Nothing was changed. Mend the history, or ask for a rollback with the method RESTORE.");
        }
    }

    /** Where a module's history will begin when its first migration comes: there is no script of that version. */
    private static boolean isBaseline(ProjectModule module, MigrationVersion version) {
        return module.baseline() != null
                && MigrationVersion.fromVersion(module.baseline()).equals(version);
    }

    private static MigrationVersion version(String text) {
        try {
            return MigrationVersion.fromVersion(text);
        } catch (FlywayException e) {
            throw ProblemType.INVALID_REQUEST.because(
                    "A version has numbers with dots between them, such as 2 or 2.1.", e);
        }
    }
}
