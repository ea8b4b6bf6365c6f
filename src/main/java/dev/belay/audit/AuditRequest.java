package dev.belay.audit;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to audit.
 *
 * @param database a managed database, by its name in the configuration
 * @param to the version a module would be migrated to; as for a migration
 */
public record AuditRequest(
        @NotBlank @Size(max = 63) @Schema(examples = "madaris")
        String database,

        @Nullable @Size(max = 200) Map<@NotBlank @Size(max = 40) String, @NotBlank @Size(max = 100) String> to) {

    Map<String, String> targets() {
        return Objects.requireNonNullElse(to, Map.of());
    }
}
