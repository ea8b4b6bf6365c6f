package dev.belay.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belay.database.ModuleState;
import dev.belay.state.DatabaseSchema;
import dev.belay.state.Gate;
import dev.belay.state.SchemaStatus;
import dev.belay.state.UnderwayJob;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whether an application may start on a schema.
 *
 * @param status whether to start, to wait, or that waiting cannot help
 * @param reason why, as a sentence
 * @param schema the state of the whole database
 * @param job the one that runs or is the next to run; null when there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GateView(
        @Schema(examples = "madaris") String database,
        Gate.Status status,

        @Schema(examples = "The module madaris is at version 2, and nothing is yet to be applied.")
        String reason,

        SchemaStatus schema,
        List<Versions> modules,
        @Nullable UnderwayJob job) {

    /**
     * A module's versions.
     *
     * @param current null when none is applied
     * @param latest null when the project has none
     * @param pending how many scripts are yet to be applied
     */
    @Schema(name = "ModuleVersions")
    public record Versions(
            @Schema(examples = "madaris") String module,
            @Schema(examples = "2") @Nullable String current,
            @Schema(examples = "2") @Nullable String latest,
            int pending) {

        private static Versions of(ModuleState state) {
            return new Versions(
                    state.module(),
                    state.current(),
                    state.latest(),
                    state.pending().size());
        }
    }

    static GateView of(DatabaseSchema schema, Gate.Decision decision) {
        return new GateView(
                schema.database(),
                decision.status(),
                decision.reason(),
                schema.status(),
                schema.modules().stream().map(Versions::of).toList(),
                schema.job());
    }
}
