package dev.belay.draft;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to draft. Each kind has fields of its own besides these; docs/drafts.md has them all.
 *
 * @param database a managed database, by its name in the configuration
 * @param kind what to draft, such as {@code diff}
 * @param module the module that the files are for; needed when the project has several
 * @param name a short description, from which the files get theirs; the kind by default
 * @param fields those of the kind
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(additionalProperties = Schema.True.class)
public record DraftRequest(
        @NotBlank @Size(max = 63) @Schema(examples = "sims") String database,

        @NotBlank @Size(max = 40) @Schema(examples = "diff") String kind,

        @Nullable @Size(max = 63) @Schema(examples = "academics")
        String module,

        @Nullable @Size(max = 100) @Schema(examples = "add departments")
        String name,

        @JsonAnyGetter @JsonAnySetter @Size(max = 20) @Schema(hidden = true)
        Map<@Size(max = 40) String, JsonNode> fields) {

    public DraftRequest {
        fields = fields == null ? Map.of() : new LinkedHashMap<>(fields);
    }
}
