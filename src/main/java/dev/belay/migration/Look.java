package dev.belay.migration;

import dev.belay.backup.GoldenCopies;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogReader;
import dev.belay.catalog.Difference;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.SchemaInspector;
import dev.belay.database.Script;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/**
 * How a database is found: what an apply has really done is read from the database, never concluded from an exception.
 *
 * @param detail for {@link Kind#BETWEEN}, exactly what is half done
 */
public record Look(Kind kind, String detail) {

    /** How much of it is applied. */
    public enum Kind {
        /** As before: nothing is applied and the schema is the same. */
        UNTOUCHED,
        /** Everything is applied. */
        DONE,
        BETWEEN
    }

    static Look at(ManagedDatabase database, Scope scope, Catalog before) throws Exception {
        Comparison comparison = new Comparison(scope.modules());
        List<String> applied = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        Project project = new Project(
                database.project(),
                scope.parts().stream().map(Scope.Part::forFlyway).toList());
        List<ModuleState> states = SchemaInspector.inspect(database, project);
        for (int i = 0; i < states.size(); i++) {
            ModuleState state = states.get(i);
            failed.addAll(state.failed());
            for (String file : scope.parts().get(i).files()) {
                if (!state.failed().contains(file)) {
                    (state.pending().contains(file) ? missing : applied).add(state.module() + " " + file);
                }
            }
        }
        if (missing.isEmpty() && failed.isEmpty()) {
            return new Look(Kind.DONE, "");
        }
        List<Difference> differences = differences(database, comparison, before);
        if (applied.isEmpty() && differences.isEmpty()) {
            return new Look(Kind.UNTOUCHED, "");
        }
        return new Look(
                Kind.BETWEEN,
                "Applied: " + shown(applied) + ". Not applied: " + shown(missing) + "."
                        + (failed.isEmpty() ? "" : " Failed half-way: " + shown(failed) + ".")
                        + " The schema differs from before in: "
                        + (differences.isEmpty() ? "nothing." : GoldenCopies.shown(differences)));
    }

    /** What is no longer as it was when the backup was taken. */
    public static List<Difference> differences(ManagedDatabase database, Comparison comparison, Catalog before)
            throws Exception {
        try (Connection session = database.address().open()) {
            return comparison.of(before).differences(comparison.of(CatalogReader.read(session)));
        }
    }

    /** Whether the history says that a version is applied, and not taken back since. */
    public static boolean isApplied(ManagedDatabase database, Scope.Step step) throws Exception {
        Project project = new Project(database.project(), List.of(step.module()));
        ModuleState state = SchemaInspector.inspect(database, project).get(0);
        return step.module().of(Script.Kind.VERSIONED).stream()
                .filter(script -> script.migrationVersion().equals(step.version()))
                .noneMatch(script -> state.pending().contains(script.file()));
    }

    private static String shown(List<String> files) {
        return files.isEmpty() ? "nothing" : String.join(", ", files);
    }
}
