package dev.belay.database;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * A unit with versions of its own.
 *
 * @param schema where its history table is, and what scripts find first on their search path
 * @param history its history table
 * @param baseline the version at which Flyway baselines a database that has tables but no history; null for never
 * @param placeholders what Flyway replaces in scripts; nothing is replaced when empty
 * @param scripts in the order of their versions, repeatable ones last
 */
public record ProjectModule(
        String name,
        Set<String> dependsOn,
        String schema,
        String history,
        @Nullable String baseline,
        Map<String, String> placeholders,
        List<Script> scripts) {

    public ProjectModule {
        dependsOn = Set.copyOf(dependsOn);
        placeholders = Map.copyOf(placeholders);
        scripts = List.copyOf(scripts);
    }

    /** The same, beginning at another version. */
    public ProjectModule withBaseline(String version) {
        return new ProjectModule(name, dependsOn, schema, history, version, placeholders, scripts);
    }

    /** The same with other scripts. */
    public ProjectModule withScripts(List<Script> others) {
        return new ProjectModule(name, dependsOn, schema, history, baseline, placeholders, others);
    }

    public List<Script> of(Script.Kind kind) {
        return scripts.stream().filter(script -> script.kind() == kind).toList();
    }

    /** The newest version that the project has; empty when it has none. */
    public Optional<MigrationVersion> latest() {
        return of(Script.Kind.VERSIONED).stream().map(Script::migrationVersion).max(MigrationVersion::compareTo);
    }

    /** The script that takes a version back; empty when nobody wrote one. */
    public Optional<Script> undoOf(MigrationVersion version) {
        return of(Script.Kind.UNDO).stream()
                .filter(script -> script.migrationVersion().equals(version))
                .findFirst();
    }
}
