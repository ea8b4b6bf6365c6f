package dev.belay.refresh;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to refresh.
 *
 * @param database a managed database for staging or development, by its name in the configuration: it is replaced
 * @param from the managed database whose rows it gets, masked; of the same or a higher environment
 * @param backup a proven backup of that one; by default its newest, or a new one where that
 *     is older than its policy allows, or from before a change of the schema
 * @param migrate whether what is pending is applied before the copy takes over; true by default
 * @param waive columns that look personal, have no rule, and are to be copied as they are: {@code table.column}
 */
public record RefreshRequest(
        @NotBlank @Size(max = 63) @Schema(examples = "madaris-staging")
        String database,

        @NotBlank @Size(max = 63) @Schema(examples = "madaris")
        String from,

        @Nullable UUID backup,
        @Nullable Boolean migrate,

        @Nullable @Size(max = 1000) @Schema(examples = "[\"programs_program.name\"]")
        List<@NotBlank @Size(max = 200) String> waive) {

    boolean wantsMigration() {
        return !Boolean.FALSE.equals(migrate);
    }

    List<String> waived() {
        return Objects.requireNonNullElse(waive, List.of());
    }
}
