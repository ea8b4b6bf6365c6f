package dev.belay.draft;

import dev.belay.access.Needs;
import dev.belay.access.Role;
import dev.belay.job.Caller;
import dev.belay.job.JobKind;
import dev.belay.review.ReviewPages;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A draft as one file to take home. */
@Path("/drafts/{id}/zip")
@Tag(name = "Drafts")
public class DraftZipResource {

    private static final String ZIP = "application/zip";

    private final Drafts drafts;
    private final Caller caller;

    DraftZipResource(Drafts drafts, Caller caller) {
        this.caller = caller;
        this.drafts = drafts;
    }

    @GET
    @Needs(Role.VIEWER)
    @Produces(ZIP)
    @Operation(
            operationId = "getDraftZip",
            summary = "Fetch all files of a draft and its review as one zip",
            description =
                    "To be unpacked in the project's folder; review.md is the report. Equal drafts give equal bytes.")
    @APIResponse(
            responseCode = "200",
            description = "The zip",
            content = @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response fetch(@PathParam("id") UUID id) {
        caller.toJob(JobKind.DRAFT, id);
        Offer offer = drafts.require(id);
        Map<String, String> files = new TreeMap<>();
        offer.files().forEach(file -> files.put(file.path(), file.content()));
        files.put("review.md", ReviewPages.markdown(offer.review()));
        return Response.ok(Zip.of(files), ZIP)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"draft-" + id + ".zip\"")
                .build();
    }
}
