package dev.belay.scope;

import dev.belay.database.HistoryTable;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.database.SchemaInspector;
import dev.belay.database.Script;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Finds out what a migration has to apply, and refuses a history or a target that does not allow it. */
public final class ScopeFinder {

    private ScopeFinder() {}

    public static Scope find(ManagedDatabase database, Project project, Map<String, String> targets)
            throws SQLException, IOException {
        targets.keySet().forEach(project::module);
        List<Scope.Part> parts = new ArrayList<>();
        List<ModuleState> states = SchemaInspector.inspect(database, project);
        for (int i = 0; i < states.size(); i++) {
            ProjectModule module = project.modules().get(i);
            requireUsable(states.get(i));
            if (targets.isEmpty() || targets.containsKey(module.name())) {
                part(module, toRun(database, module, states.get(i)), targets.get(module.name()))
                        .ifPresent(parts::add);
            }
        }
        return new Scope(parts);
    }

    /**
     * The module's state without the scripts that count as applied once Flyway begins at the module's baseline.
     *
     * @throws dev.belay.problem.ProblemException HISTORY_NOT_USABLE when there is no history and no baseline
     */
    private static ModuleState toRun(ManagedDatabase database, ProjectModule module, ModuleState state)
            throws SQLException {
        try (Connection session = database.address().open()) {
            if (!new HistoryTable(module).isMissingInUsedSchema(session)) {
                return state;
            }
        }
        if (module.baseline() == null) {
            throw ProblemType.HISTORY_NOT_USABLE.because("The schema " + module.schema()
                    + " has objects but no history table " + module.history()
                    + ", so nobody can tell which scripts of the module " + module.name()
                    + " are applied already. Nothing was changed. Say in belay.yaml at which version the database is,"
                    + " such as baseline: \"1\" for the module: scripts up to that version then count as applied and are"
                    + " not run, those above it are; baseline: \"0\" runs all.");
        }
        MigrationVersion baseline = MigrationVersion.fromVersion(module.baseline());
        return state.without(module.of(Script.Kind.VERSIONED).stream()
                .filter(script -> script.migrationVersion().compareTo(baseline) <= 0)
                .map(Script::file)
                .toList());
    }

    /**
     * Refuses a module whose history and files contradict each other.
     *
     * @throws dev.belay.problem.ProblemException HISTORY_NOT_USABLE, with every file and what to do about it
     */
    public static void requireUsable(ModuleState state) {
        List<String> faults = new ArrayList<>();
        add(faults, state.failed(), "failed when they were applied; mend what they left and remove their history rows");
        add(faults, state.mismatched(), "were changed after they were applied; put the applied text back");
        add(faults, state.unknown(), "were applied but are not in the project; put them back");
        add(
                faults,
                state.leftOut(),
                "have a version below the current one and would be left out; give them a newer one");
        if (!faults.isEmpty()) {
            throw ProblemType.HISTORY_NOT_USABLE.because("The history of the module " + state.module()
                    + " does not allow a migration: " + String.join("; ", faults) + ". Nothing was changed.");
        }
    }

    private static void add(List<String> faults, List<String> files, String what) {
        if (!files.isEmpty()) {
            faults.add(String.join(", ", files) + " " + what);
        }
    }

    private static Optional<Scope.Part> part(ProjectModule module, ModuleState state, @Nullable String target) {
        MigrationVersion upTo = target == null ? MigrationVersion.LATEST : existing(module, state, target);
        List<String> files = state.pending().stream()
                .filter(file -> script(module, file)
                        .map(found -> found.kind() == Script.Kind.REPEATABLE
                                || found.migrationVersion().compareTo(upTo) <= 0)
                        .orElse(false))
                .toList();
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Scope.Part part = new Scope.Part(module, state.current(), null, files);
        List<MigrationVersion> versions = part.versions();
        String to = versions.isEmpty()
                ? state.current()
                : versions.get(versions.size() - 1).getVersion();
        return Optional.of(new Scope.Part(module, state.current(), to, files));
    }

    private static Optional<Script> script(ProjectModule module, String file) {
        return module.scripts().stream()
                .filter(script -> script.file().equals(file))
                .findFirst();
    }

    private static MigrationVersion existing(ProjectModule module, ModuleState state, String target) {
        MigrationVersion version = version(target);
        boolean exists = module.of(Script.Kind.VERSIONED).stream()
                .anyMatch(script -> script.migrationVersion().equals(version));
        if (!exists) {
            throw ProblemType.INVALID_REQUEST.because("The module " + module.name() + " has no version " + target
                    + "; its newest is " + state.latest() + ". Nothing was changed.");
        }
        if (state.current() != null
                && MigrationVersion.fromVersion(state.current()).compareTo(version) > 0) {
            throw ProblemType.INVALID_REQUEST.because("The module " + module.name() + " is at version "
                    + state.current() + ", above " + target
                    + ". A migration goes forward only; POST /rollbacks leads back. Nothing was changed.");
        }
        return version;
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
