package dev.belay.approval;

import dev.belay.access.Needs;
import dev.belay.access.Role;
import dev.belay.job.Caller;
import dev.belay.job.JobKind;
import dev.belay.trail.Trail;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Approvals of a migration's plan. */
@Path("/migrations/{id}/approvals")
@Tag(name = "Migrations")
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalResource {

    private final Approvals approvals;
    private final Caller caller;
    private final Trail trail;

    ApprovalResource(Approvals approvals, Caller caller, Trail trail) {
        this.trail = trail;
        this.approvals = approvals;
        this.caller = caller;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(summary = "List the approvals of a migration, oldest first")
    @APIResponse(
            responseCode = "200",
            description = "The approvals",
            content = @Content(schema = @Schema(implementation = ApprovalList.class)))
    public ApprovalList list(@PathParam("id") UUID id) {
        caller.toJob(JobKind.MIGRATION, id);
        return new ApprovalList(approvals.of(id));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.APPROVER)
    @Operation(
            summary = "Approve the plan of a migration that waits for it",
            description =
                    "Names the plan by its digest, so that only what was read is approved: 412 when it is another,"
                            + " or a script, the schema or the policy was changed since. 403 when somebody else has to approve"
                            + " it. 409 when the migration does not wait for an approval.")
    @APIResponse(
            responseCode = "201",
            description = "Approved; the migration goes on",
            content = @Content(schema = @Schema(implementation = ApprovalView.class)))
    @APIResponse(
            responseCode = "200",
            description = "You had approved this plan before",
            content = @Content(schema = @Schema(implementation = ApprovalView.class)))
    public Response approve(@PathParam("id") UUID id, @NotNull @Valid ApprovalRequest request) throws SQLException {
        caller.toJob(JobKind.MIGRATION, id);
        trail.digest(request.planDigest());
        Approvals.Given given = approvals.approve(id, caller.name(), request);
        return Response.status(given.repeated() ? Response.Status.OK : Response.Status.CREATED)
                .entity(given.approval())
                .build();
    }
}
