package dev.belay.scope;

import dev.belay.database.HistoryTable;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleGraph;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Finds out what a migration has to apply, and refuses a history or a target that does not allow it. */
public final class ScopeFinder {

    private ScopeFinder() {}

    /**
     * What a migration has to apply: all modules to their newest versions, or those that are named to the versions that are
     * named. What these depend on is taken along to its newest version, unless it is named too.
     *
     * @param targets by module; a module's current version, or 0 where it has none, keeps it as it is
     */
    public static Scope find(ManagedDatabase database, Project project, Map<String, String> targets)
            throws SQLException, IOException {
        ModuleGraph graph = ModuleGraph.of(project);
        targets.keySet().forEach(project::module);
        Set<String> chosen = new HashSet<>(targets.isEmpty() ? graph.order() : targets.keySet());
        targets.keySet().forEach(module -> chosen.addAll(graph.dependencies(module)));
        Map<String, ModuleState> states = states(database, project);
        Scope scope = scope(project, states, chosen, targets);
        requireFounded(scope, states);
        return scope;
    }

    /** The same, but of the modules that are named and no others. */
    public static Scope only(ManagedDatabase database, Project project, Map<String, String> targets)
            throws SQLException, IOException {
        return scope(project, states(database, project), targets.keySet(), targets);
    }

    private static Scope scope(
            Project project, Map<String, ModuleState> states, Set<String> chosen, Map<String, String> targets) {
        List<Scope.Part> parts = new ArrayList<>();
        for (ProjectModule module : project.modules()) {
            if (chosen.contains(module.name())) {
                part(module, Objects.requireNonNull(states.get(module.name())), targets.get(module.name()))
                        .ifPresent(parts::add);
            }
        }
        return new Scope(parts);
    }

    /** By module; refuses a database in which one of them cannot be used. */
    private static Map<String, ModuleState> states(ManagedDatabase database, Project project)
            throws SQLException, IOException {
        Map<String, ModuleState> states = new HashMap<>();
        for (ModuleState state : SchemaInspector.inspect(database, project)) {
            requireUsable(state);
            states.put(state.module(), state);
        }
        requireHistories(database, project);
        return states;
    }

    private static void requireHistories(ManagedDatabase database, Project project) throws SQLException {
        try (Connection session = database.address().open()) {
            for (ProjectModule module : project.modules()) {
                if (module.baseline() == null && new HistoryTable(module).isMissingInUsedSchema(session)) {
                    throw ProblemType.HISTORY_NOT_USABLE.because("The schema " + module.schema()
                            + " has objects but no history table " + module.history()
                            + ", so nobody can tell which scripts of the module " + module.name()
                            + " are applied already. Nothing was changed. Say in belay.yaml at which version the"
                            + " database is, such as baseline: \"1\" for the module: scripts up to that version then"
                            + " count as applied and are not run, those above it are; baseline: \"0\" runs all.");
                }
            }
        }
    }

    /** A module of which nothing is applied carries nothing, so what stands on it cannot be run. */
    private static void requireFounded(Scope scope, Map<String, ModuleState> states) {
        Set<String> moving = scope.modules().stream().map(ProjectModule::name).collect(Collectors.toSet());
        for (Scope.Part part : scope.parts()) {
            for (String name : new TreeSet<>(part.module().dependsOn())) {
                ModuleState state = Objects.requireNonNull(states.get(name));
                boolean isBare = state.current() == null && !state.pending().isEmpty() && !moving.contains(name);
                if (isBare) {
                    throw ProblemType.INVALID_REQUEST.because("The module "
                            + part.module().name() + " depends on " + name
                            + ", of which nothing is applied, and the request keeps it so. Nothing was changed. Leave "
                            + name + " out of \"to\": it is then taken along to its newest version, " + state.latest()
                            + "; or name there the version that "
                            + part.module().name() + " needs.");
                }
            }
        }
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
        MigrationVersion current = version(Objects.requireNonNullElse(state.current(), "0"));
        if (version.equals(current)) {
            return version;
        }
        boolean exists = module.of(Script.Kind.VERSIONED).stream()
                .anyMatch(script -> script.migrationVersion().equals(version));
        if (!exists) {
            throw ProblemType.INVALID_REQUEST.because("The module " + module.name() + " has no version " + target
                    + "; its newest is " + state.latest() + ". Nothing was changed.");
        }
        if (current.compareTo(version) > 0) {
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
