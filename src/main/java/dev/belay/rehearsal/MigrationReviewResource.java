package dev.belay.rehearsal;

import dev.belay.access.Needs;
import dev.belay.access.Role;
import dev.belay.job.Caller;
import dev.belay.job.JobKind;
import dev.belay.review.ReviewResource;
import dev.belay.review.ReviewView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The review report of a migration. */
@Path("/migrations/{id}/review")
@Tag(name = "Migrations")
public class MigrationReviewResource extends ReviewResource {

    private final MigrationReviews reviews;
    private final Caller caller;

    MigrationReviewResource(MigrationReviews reviews, Caller caller) {
        this.caller = caller;
        this.reviews = reviews;
    }

    @GET
    @Needs(Role.VIEWER)
    @Produces({MediaType.APPLICATION_JSON, MARKDOWN, MediaType.TEXT_HTML})
    @Operation(
            operationId = "getMigrationReview",
            summary = "Show the review report of a migration",
            description = "Every change of the schema, foreign keys without an index, names that are too long, and what"
                    + " columns lose, as JSON, as Markdown or as a page, by Accept. It is there once the migration was"
                    + " rehearsed, and stays.")
    @APIResponse(
            responseCode = "200",
            description = "The report",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ReviewView.class)),
                @Content(mediaType = MARKDOWN, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING))
            })
    public Response show(@PathParam("id") UUID id, @Context Request request) {
        caller.toJob(JobKind.MIGRATION, id);
        return answer(reviews.require(id), request);
    }
}
