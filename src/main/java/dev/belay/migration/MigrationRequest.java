package dev.belay.migration;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to migrate.
 *
 * @param database a managed database, by its name in the configuration
 * @param to the version a module is to reach; where modules are named, what they depend on goes to its newest version and
 *     the others stay; where none is, all go to their newest
 * @param dryRun whether to end with the plan
 * @param acceptDrift whether the schema as it is now is taken for known, though it is not as the last job left it
 */
public record MigrationRequest(
        @NotBlank @Size(max = 63) @Schema(examples = "madaris")
        String database,

        @Nullable @Size(max = 200) Map<@NotBlank @Size(max = 40) String, @NotBlank @Size(max = 100) String> to,
        @Nullable Boolean dryRun,
        @Nullable Boolean acceptDrift) {

    boolean onlyRehearses() {
        return Boolean.TRUE.equals(dryRun);
    }

    boolean acceptsDrift() {
        return Boolean.TRUE.equals(acceptDrift);
    }

    Map<String, String> targets() {
        return Objects.requireNonNullElse(to, Map.of());
    }
}
