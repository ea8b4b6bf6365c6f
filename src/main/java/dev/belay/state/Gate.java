package dev.belay.state;

import dev.belay.database.ModuleState;
import dev.belay.drift.Drift;
import dev.belay.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Decides whether an application may start on a schema. Pure: the same schema and query, the same decision. */
public final class Gate {

    private Gate() {}

    /** What an application should do. */
    @Schema(name = "GateStatus")
    public enum Status {
        /** Start. */
        SATISFIED,
        /** Not yet; waiting can help. */
        WAIT,
        /** No; waiting cannot help. */
        BLOCKED
    }

    /** A decision and why, as a sentence. */
    public record Decision(Status status, String reason) {}

    /**
     * Decides.
     *
     * @throws dev.belay.problem.ProblemException NOT_FOUND for an unknown module, INVALID_REQUEST for a version where
     *     several modules could be meant
     */
    public static Decision decide(DatabaseSchema schema, GateQuery query) {
        List<ModuleState> modules = modules(schema, query);
        if (schema.status() == SchemaStatus.INVALID) {
            return new Decision(Status.BLOCKED, schema.summary());
        }
        UnderwayJob job = schema.job();
        if (job != null && job.changing()) {
            return new Decision(Status.WAIT, "The schema is being changed right now, by " + job + ".");
        }
        if (schema.status() == SchemaStatus.UNREACHABLE) {
            return new Decision(Status.WAIT, schema.summary());
        }
        return contradiction(modules)
                .or(() -> drifted(schema))
                .or(() -> aboveMax(modules, query.max()))
                .or(() -> belowMin(modules, query.min(), job))
                .or(() -> query.asksForVersion() ? Optional.empty() : behind(modules, job))
                .orElseGet(() -> new Decision(Status.SATISFIED, satisfied(modules, query)));
    }

    private static List<ModuleState> modules(DatabaseSchema schema, GateQuery query) {
        if (query.module() == null) {
            if (query.asksForVersion() && schema.modules().size() > 1) {
                throw ProblemType.invalidParameter(
                        "module", "must say whose version is meant, one of " + names(schema.modules()));
            }
            return schema.modules();
        }
        List<ModuleState> named = schema.modules().stream()
                .filter(module -> module.module().equals(query.module()))
                .toList();
        // Without a look at the database or the project the modules are not known.
        if (named.isEmpty() && !schema.modules().isEmpty()) {
            throw ProblemType.NOT_FOUND.because("The project " + schema.project()
                    + " has no module of that name; it has " + names(schema.modules()) + ". Nothing was done.");
        }
        return named;
    }

    private static Optional<Decision> contradiction(List<ModuleState> modules) {
        SchemaStatus status = Found.status(modules);
        return switch (status) {
            case FAILED ->
                blocked("A script failed and is recorded as failed: " + Found.failedFiles(modules)
                        + ". An operator has to look at it.");
            case DIRTY ->
                blocked("History and project contradict each other: " + Found.contradictions(modules)
                        + ". An operator has to look at it.");
            case UP_TO_DATE, BEHIND, UNREACHABLE, INVALID -> Optional.empty();
        };
    }

    private static Optional<Decision> drifted(DatabaseSchema schema) {
        return Optional.ofNullable(schema.drift())
                .filter(Drift::stops)
                .flatMap(drift -> blocked("The schema is not as the last job left it: " + drift.firstFew()
                        + ". An operator has to take that back, or accept it with POST /migrations and"
                        + " \"acceptDrift\": true; GET /databases/" + schema.database() + "/schema shows all of it."));
    }

    private static Optional<Decision> aboveMax(List<ModuleState> modules, @Nullable MigrationVersion max) {
        return max == null
                ? Optional.empty()
                : modules.stream()
                        .filter(module -> current(module).compareTo(max) > 0)
                        .findFirst()
                        .flatMap(module -> blocked(at(module) + ", above " + max
                                + ". Only a rollback, or a newer application, would help."));
    }

    private static Optional<Decision> belowMin(
            List<ModuleState> modules, @Nullable MigrationVersion min, @Nullable UnderwayJob job) {
        return min == null
                ? Optional.empty()
                : modules.stream()
                        .filter(module -> current(module).compareTo(min) < 0)
                        .findFirst()
                        .flatMap(module -> waiting(
                                at(module) + ", below " + min
                                        + (latest(module).compareTo(min) < 0
                                                ? "; the project itself does not have that version yet"
                                                : "")
                                        + ".",
                                job));
    }

    private static Optional<Decision> behind(List<ModuleState> modules, @Nullable UnderwayJob job) {
        return modules.stream()
                .filter(module -> !module.pending().isEmpty())
                .findFirst()
                .flatMap(module ->
                        waiting(at(module) + "; yet to be applied: " + String.join(", ", module.pending()) + ".", job));
    }

    private static String satisfied(List<ModuleState> modules, GateQuery query) {
        String reached = String.join("; ", modules.stream().map(Gate::at).toList());
        return reached + (query.asksForVersion() ? ", as asked." : ", and nothing is yet to be applied.");
    }

    private static String at(ModuleState module) {
        return "The module " + module.module()
                + (module.current() == null ? " is at no version yet" : " is at version " + module.current());
    }

    private static MigrationVersion current(ModuleState module) {
        return module.current() == null ? MigrationVersion.EMPTY : MigrationVersion.fromVersion(module.current());
    }

    private static MigrationVersion latest(ModuleState module) {
        return module.latest() == null ? MigrationVersion.EMPTY : MigrationVersion.fromVersion(module.latest());
    }

    private static Optional<Decision> blocked(String reason) {
        return Optional.of(new Decision(Status.BLOCKED, reason));
    }

    private static Optional<Decision> waiting(String reason, @Nullable UnderwayJob job) {
        return Optional.of(new Decision(Status.WAIT, job == null ? reason : reason + " Under way is " + job + "."));
    }

    private static List<String> names(List<ModuleState> modules) {
        return modules.stream().map(ModuleState::module).toList();
    }
}
