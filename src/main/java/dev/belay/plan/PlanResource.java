package dev.belay.plan;

import dev.belay.access.Needs;
import dev.belay.access.Role;
import dev.belay.job.Caller;
import dev.belay.job.JobKind;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The strategy document of a migration. */
@Path("/migrations/{id}/plan")
@Tag(name = "Migrations")
public class PlanResource {

    private static final String MARKDOWN = "text/markdown";
    private static final List<Variant> VARIANTS = Variant.mediaTypes(
                    MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(MARKDOWN), MediaType.TEXT_HTML_TYPE)
            .build();

    private final Plans plans;
    private final Caller caller;

    PlanResource(Plans plans, Caller caller) {
        this.caller = caller;
        this.plans = plans;
    }

    @GET
    @Needs(Role.VIEWER)
    @Produces({MediaType.APPLICATION_JSON, MARKDOWN, MediaType.TEXT_HTML})
    @Operation(
            summary = "Show the strategy document of a migration",
            description =
                    "As JSON, as Markdown or as one page of HTML that prints well, by Accept. It is there once the"
                            + " migration was rehearsed, and stays.")
    @APIResponse(
            responseCode = "200",
            description = "The plan, its digest, and why it is void if it is",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = PlanView.class)),
                @Content(mediaType = MARKDOWN, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING))
            })
    public Response show(@PathParam("id") UUID id, @Context Request request) {
        caller.toJob(JobKind.MIGRATION, id);
        PlanView view = plans.require(id);
        Variant variant = request.selectVariant(VARIANTS);
        MediaType type = variant == null ? MediaType.APPLICATION_JSON_TYPE : variant.getMediaType();
        Object entity = switch (type.toString()) {
            case MARKDOWN -> PlanPages.markdown(view);
            case MediaType.TEXT_HTML -> PlanPages.html(view);
            default -> view;
        };
        MediaType sent = entity instanceof String ? type.withCharset("UTF-8") : type;
        return Response.ok(entity, sent).tag(new EntityTag(view.digest(), true)).build();
    }
}
