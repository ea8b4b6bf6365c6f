package dev.belay.relabel;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to re-label.
 *
 * @param database a managed database, by its name in the configuration
 * @param modules those whose history is to be the one of the project's new scripts; all that need it unless told
 * @param takeBack whether the old history is to come back instead
 */
@Schema(name = "RelabelRequest")
public record RelabelRequest(
        @NotBlank @Size(max = 63) @Schema(examples = "sims") String database,

        @Nullable @Size(max = 200) @Schema(examples = "[\"academics\", \"results\"]")
        List<@NotBlank @Size(max = 40) String> modules,

        @Nullable Boolean takeBack) {

    boolean isTakeBack() {
        return Boolean.TRUE.equals(takeBack);
    }

    boolean names(String module) {
        return modules == null || modules.contains(module);
    }
}
