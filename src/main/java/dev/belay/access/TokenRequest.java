package dev.belay.access;

import dev.belay.database.Environment;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A token to be made.
 *
 * @param subject who will have it, a person or a program: the name that jobs, approvals and the audit trail show. Two tokens of
 *     one subject are one pair of eyes
 * @param description what it is for
 * @param grants what may be done with it
 * @param days how long it lasts; 90 by default, 366 at most
 */
public record TokenRequest(
        @NotBlank
        @Size(max = 200)
        @Pattern(regexp = "[^\\p{Cc}]*", message = "must have no control characters")
        @Schema(examples = "argo")
        String subject,

        @Nullable @Size(max = 500) String description,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Entry> grants,
        @Nullable @Min(1) @Max(366) Integer days) {

    private static final int DAYS = 90;

    /**
     * A role for some databases: at least one of the two has to say for which.
     *
     * @param role GATE, VIEWER, OPERATOR, APPROVER or ADMIN
     * @param databases by their names; ["*"] for all
     * @param environments for all databases of these
     */
    @Schema(name = "TokenGrant")
    public record Entry(
            @NotNull Role role,
            @Nullable @Size(max = 1000) Set<@NotBlank @Size(max = 63) String> databases,
            @Nullable @Size(max = 3) Set<@NotNull Environment> environments) {

        Grant grant() {
            return new Grant(
                    role,
                    Objects.requireNonNullElse(databases, Set.of()),
                    Objects.requireNonNullElse(environments, Set.of()));
        }
    }

    List<Grant> granted() {
        return grants.stream().map(Entry::grant).toList();
    }

    Duration lasts() {
        return Duration.ofDays(Objects.requireNonNullElse(days, DAYS));
    }
}
