package dev.belay.rollback;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to take back, and how.
 *
 * @param database a managed database, by its name in the configuration
 * @param method UNDO, in place by the undo scripts, or RESTORE, from a backup; UNDO by default
 * @param to for UNDO the version a module is to go back to, {@code "0"} for before its first; by default each module goes
 *     back to where it was before the last migration. What depends on it goes back first where it has to, unless it is named
 * @param backup for RESTORE the backup; by default the one that the last migration began with
 * @param acceptLoss for RESTORE whether large objects and rows of extensions' tables, which cannot be carried, may be left
 *     behind in the kept database
 * @param dryRun whether to end before anything is changed, and only to say what would become of what applications wrote
 */
public record RollbackRequest(
        @NotBlank @Size(max = 63) @Schema(examples = "madaris")
        String database,

        @Nullable Method method,
        @Nullable @Size(max = 200) Map<@NotBlank @Size(max = 40) String, @NotBlank @Size(max = 100) String> to,
        @Nullable UUID backup,
        @Nullable Boolean acceptLoss,
        @Nullable Boolean dryRun) {

    /** A way back. */
    @Schema(name = "RollbackMethod")
    public enum Method {
        UNDO,
        RESTORE
    }

    Method chosenMethod() {
        return Objects.requireNonNullElse(method, Method.UNDO);
    }
}
