package dev.belay.backup;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What to back up.
 *
 * @param database a managed database, by its name in the configuration
 */
public record BackupRequest(
        @NotBlank @Size(max = 63) @Schema(examples = "madaris")
        String database) {}
