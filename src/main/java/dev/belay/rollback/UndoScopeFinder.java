package dev.belay.rollback;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.database.SchemaInspector;
import dev.belay.database.Script;
import dev.belay.job.DatabaseState;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.migration.Scope;
import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Finds out which versions an undo has to take back, and refuses what has no undo script. */
@ApplicationScoped
class UndoScopeFinder {

    private static final MigrationVersion NOTHING = MigrationVersion.fromVersion("0");

    private final DatabaseRegistry databases;
    private final JobJournal journal;

    UndoScopeFinder(DatabaseRegistry databases, JobJournal journal) {
        this.databases = databases;
        this.journal = journal;
    }

    Scope find(ManagedDatabase database, RollbackRequest request) throws Exception {
        Project project = databases.project(database);
        Map<String, String> targets = request.targets().isEmpty() ? beforeLastMigration(database) : request.targets();
        targets.keySet().forEach(project::module);
        List<Scope.Part> parts = new ArrayList<>();
        List<ModuleState> states = SchemaInspector.inspect(database, project);
        for (int i = 0; i < states.size(); i++) {
            ProjectModule module = project.modules().get(i);
            String target = targets.get(module.name());
            if (target != null) {
                part(module, states.get(i), target).ifPresent(parts::add);
            }
        }
        return new Scope(parts);
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

    private static Optional<Scope.Part> part(ProjectModule module, ModuleState state, String target) {
        MigrationVersion to = version(target);
        MigrationVersion from = state.current() == null ? NOTHING : MigrationVersion.fromVersion(state.current());
        List<Script> taken = module.of(Script.Kind.VERSIONED).stream()
                .filter(script -> script.migrationVersion().compareTo(to) > 0
                        && script.migrationVersion().compareTo(from) <= 0)
                .toList();
        requireKnown(module, state, to, taken);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        List<String> oneWay = taken.stream()
                .filter(script -> module.undoOf(script.migrationVersion()).isEmpty())
                .map(Script::file)
                .toList();
        if (!oneWay.isEmpty()) {
            throw ProblemType.NOT_REVERSIBLE.because("The module " + module.name() + " has no undo script for "
                    + String.join(", ", oneWay) + ". Nothing was changed. Write one, or ask for a rollback with the"
                    + " method RESTORE.");
        }
        @Nullable String shownTarget = to.equals(NOTHING) ? null : to.getVersion();
        return Optional.of(new Scope.Part(
                module,
                state.current(),
                shownTarget,
                taken.stream().map(Script::file).toList()));
    }

    private static void requireKnown(ProjectModule module, ModuleState state, MigrationVersion to, List<Script> taken) {
        boolean exists = to.equals(NOTHING)
                || isBaseline(module, to)
                || module.of(Script.Kind.VERSIONED).stream()
                        .anyMatch(script -> script.migrationVersion().equals(to));
        if (!exists) {
            throw ProblemType.INVALID_REQUEST.because(
                    "The module " + module.name() + " has no version " + to + ". Nothing was changed.");
        }
        if (!taken.isEmpty() && (!state.unknown().isEmpty() || !state.failed().isEmpty())) {
            throw ProblemType.HISTORY_NOT_USABLE.because("The history of the module " + module.name()
                    + " has scripts that failed or that the project does not have: " + state.failed() + state.unknown()
                    + ". Nothing was changed. Mend the history, or ask for a rollback with the method RESTORE.");
        }
    }

    /** Where the module's history begins: there is no script of it, but a migration may have begun there. */
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
