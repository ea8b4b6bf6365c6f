package dev.belay.reset;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.belay.problem.Problem;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to reset.
 *
 * @param database a managed database for development, by its name in the configuration
 * @param mode RECREATE, the database dropped and created again, empty; or FLUSH, its rows gone, its structure and the
 *     history of its migrations kept
 * @param confirm the database's name once more
 * @param backup whether a proven backup is made first; true by default
 */
public record ResetRequest(
        @NotBlank @Size(max = 63) @Schema(examples = "madaris-dev")
        String database,

        @NotNull Mode mode,

        @NotBlank @Size(max = 63) @Schema(examples = "madaris-dev")
        String confirm,

        @Nullable Boolean backup) {

    /** What becomes of it; small letters will do. */
    @Schema(name = "ResetMode")
    public enum Mode {
        @JsonAlias("recreate")
        RECREATE,
        @JsonAlias("flush")
        FLUSH
    }

    boolean wantsBackup() {
        return !Boolean.FALSE.equals(backup);
    }

    /**
     * Refuses a request that does not repeat the name.
     *
     * @throws ProblemException INVALID_REQUEST
     */
    void requireConfirmed() {
        if (!database.equals(confirm)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "A reset takes all rows of the database away, so the request has to repeat its name in \"confirm\"."
                            + " What it says there is not \"" + database + "\". Nothing was started. Is it the right"
                            + " database?",
                    List.of(new Problem.FieldError("#/confirm", "must be the name in database")),
                    null);
        }
    }
}
