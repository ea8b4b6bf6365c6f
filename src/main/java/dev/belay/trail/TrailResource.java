package dev.belay.trail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.access.Needs;
import dev.belay.access.Role;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit trail, to read. */
@Path("/audit-trail")
@Tag(name = "Access")
public class TrailResource {

    private static final String LINES = "application/jsonl";
    private static final List<Variant> VARIANTS = Variant.mediaTypes(
                    MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(LINES))
            .build();

    private final TrailJournal journal;
    private final ObjectMapper json;

    TrailResource(TrailJournal journal, ObjectMapper json) {
        this.journal = journal;
        this.json = json;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, LINES})
    @Needs(value = Role.ADMIN, of = Needs.Of.ALL)
    @Operation(
            operationId = "listAuditTrail",
            summary = "Show who did what to which database, and what was denied",
            description =
                    "Oldest first; with Accept: application/jsonl one entry a line. after= the last number goes on.")
    @APIResponse(
            responseCode = "200",
            description = "The entries",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TrailList.class)),
                @Content(mediaType = LINES, schema = @Schema(type = SchemaType.STRING))
            })
    public Response list(@Valid @BeanParam TrailQuery query, @Context Request request) throws JsonProcessingException {
        int limit = query.limit();
        List<TrailView> found = journal.find(query, limit + 1);
        List<TrailView> page = found.subList(0, Math.min(limit, found.size()));
        Variant variant = request.selectVariant(VARIANTS);
        if (variant != null && variant.getMediaType().toString().equals(LINES)) {
            return Response.ok(lines(page), MediaType.valueOf(LINES).withCharset("UTF-8"))
                    .build();
        }
        Long next = found.size() > limit ? page.get(page.size() - 1).number() : null;
        return Response.ok(new TrailList(page, next), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private String lines(List<TrailView> page) throws JsonProcessingException {
        StringBuilder text = new StringBuilder();
        for (TrailView entry : page) {
            text.append(json.writeValueAsString(entry)).append('\n');
        }
        return text.toString();
    }
}
