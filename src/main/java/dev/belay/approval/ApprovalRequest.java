package dev.belay.approval;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An approval.
 *
 * @param planDigest the digest of the plan that was read, so that no other is approved by mistake
 * @param comment what is to be kept with it
 */
public record ApprovalRequest(
        @NotBlank @Size(max = 64) @Schema(examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String planDigest,

        @Nullable @Size(max = 2000) @Schema(examples = "Read it with the school on Friday")
        String comment) {}
