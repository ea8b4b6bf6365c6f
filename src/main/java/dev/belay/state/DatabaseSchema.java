package dev.belay.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belay.backup.ProvenBackup;
import dev.belay.database.Environment;
import dev.belay.database.ModuleState;
import dev.belay.drift.Drift;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schema of one database at one moment.
 *
 * @param problem why the database could not be asked or its project not be read; null when neither is so
 * @param modules in the order of their dependencies; empty when there is a problem
 * @param drift what somebody else has changed since the last job left the schema; null while nothing is known of it
 * @param job the one that runs or is the next to run; null when there is none
 * @param lastProvenBackup null when no backup was ever proven
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatabaseSchema(
        @Schema(examples = "madaris") String database,
        Environment environment,
        @Schema(examples = "madaris") String project,
        SchemaStatus status,
        @Nullable String problem,
        List<ModuleState> modules,
        @Nullable Drift drift,
        @Nullable UnderwayJob job,
        @Nullable ProvenBackup lastProvenBackup) {

    public DatabaseSchema {
        modules = List.copyOf(modules);
    }

    /** How many scripts are yet to be applied. */
    int pending() {
        return modules.stream().mapToInt(module -> module.pending().size()).sum();
    }

    /** Whether somebody else has changed the schema since the last job left it. */
    @JsonIgnore
    public boolean isDrifted() {
        return drift != null && drift.isThere();
    }

    /** Whether somebody has to look at it: neither waiting nor a migration would mend it. */
    @JsonIgnore
    public boolean isTrouble() {
        return status.isTrouble() || (drift != null && drift.stops());
    }

    /** A sentence or two for a person. */
    public String summary() {
        return statusSummary()
                + (drift != null && drift.isThere()
                        ? " Somebody has changed the schema since the last job: " + drift.firstFew() + "."
                        : "");
    }

    private String statusSummary() {
        return switch (status) {
            case UP_TO_DATE -> "Everything that the project has is applied.";
            case BEHIND -> "Scripts yet to be applied: " + pending() + ".";
            case FAILED -> "A script failed and is recorded as failed: " + Found.failedFiles(modules) + ".";
            case DIRTY -> "History and project contradict each other: " + Found.contradictions(modules) + ".";
            case UNREACHABLE, INVALID -> String.valueOf(problem);
        };
    }
}
