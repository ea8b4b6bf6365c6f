package dev.belay.state;

import dev.belay.database.ModuleState;
import dev.belay.drift.Drift;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a database found.
 *
 * @param problem null when the look succeeded
 * @param drift null when nothing is known that the schema could differ from, and when the look failed
 */
record Found(
        SchemaStatus status,
        @Nullable String problem,
        List<ModuleState> modules,
        @Nullable Drift drift) {

    static Found of(List<ModuleState> modules) {
        return of(modules, null);
    }

    static Found of(List<ModuleState> modules, @Nullable Drift drift) {
        return new Found(status(modules), null, modules, drift);
    }

    static Found trouble(SchemaStatus status, String problem) {
        return new Found(status, problem, List.of(), null);
    }

    static SchemaStatus status(List<ModuleState> modules) {
        if (modules.stream().anyMatch(module -> !module.failed().isEmpty())) {
            return SchemaStatus.FAILED;
        }
        if (modules.stream().anyMatch(ModuleState::isDirty)) {
            return SchemaStatus.DIRTY;
        }
        return modules.stream().allMatch(module -> module.pending().isEmpty())
                ? SchemaStatus.UP_TO_DATE
                : SchemaStatus.BEHIND;
    }

    static String failedFiles(List<ModuleState> modules) {
        return String.join(
                ", ",
                modules.stream().flatMap(module -> module.failed().stream()).toList());
    }

    static String contradictions(List<ModuleState> modules) {
        List<String> said = new ArrayList<>();
        for (ModuleState module : modules) {
            add(said, "changed since they were applied", module.mismatched());
            add(said, "applied but not in the project", module.unknown());
            add(said, "older than the current version and never applied", module.leftOut());
        }
        return String.join("; ", said);
    }

    private static void add(List<String> said, String what, List<String> files) {
        if (!files.isEmpty()) {
            said.add(what + " " + String.join(", ", files));
        }
    }
}
