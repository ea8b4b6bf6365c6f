package dev.belay.draft;

import dev.belay.access.Needs;
import dev.belay.access.Role;
import dev.belay.job.Caller;
import dev.belay.job.JobKind;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The files of a draft, one by one. */
@Path("/drafts/{id}/files")
@Tag(name = "Drafts")
public class DraftFileResource {

    private final Drafts drafts;
    private final Caller caller;

    DraftFileResource(Drafts drafts, Caller caller) {
        this.caller = caller;
        this.drafts = drafts;
    }

    @GET
    @Needs(Role.VIEWER)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listDraftFiles", summary = "List the files of a draft that was proven")
    @APIResponse(
            responseCode = "200",
            description = "The files, with where each belongs in the project",
            content = @Content(schema = @Schema(implementation = DraftFileList.class)))
    public DraftFileList list(@PathParam("id") UUID id, @Context UriInfo uri) {
        caller.toJob(JobKind.DRAFT, id);
        return DraftFileList.of(drafts.require(id), uri.getBaseUri().resolve("/drafts/" + id + "/files"));
    }

    @GET
    @Path("/{path: .+}")
    @Needs(Role.VIEWER)
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(operationId = "getDraftFile", summary = "Fetch a file of a draft")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)))
    public Response fetch(@PathParam("id") UUID id, @PathParam("path") @Size(max = 500) String path) {
        caller.toJob(JobKind.DRAFT, id);
        return Response.ok(drafts.content(id, path), MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .build();
    }
}
