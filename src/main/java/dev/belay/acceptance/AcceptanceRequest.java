package dev.belay.acceptance;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What to accept.
 *
 * @param database a managed database, by its name in the configuration
 */
public record AcceptanceRequest(
        @NotBlank @Size(max = 63) @Schema(examples = "sims") String database) {}
