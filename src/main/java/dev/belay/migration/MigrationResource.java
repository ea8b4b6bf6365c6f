package dev.belay.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.access.Needs;
import dev.belay.access.Role;
import dev.belay.database.DatabaseRegistry;
import dev.belay.job.Caller;
import dev.belay.job.JobEndpoints;
import dev.belay.job.JobKind;
import dev.belay.job.JobView;
import dev.belay.job.JobWatch;
import dev.belay.job.Jobs;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Migrations as jobs. */
@Path("/migrations")
@Tag(name = "Migrations")
public class MigrationResource extends JobEndpoints {

    private final DatabaseRegistry databases;
    private final MigrationDefinition definition;
    private final ObjectMapper json;

    MigrationResource(
            Jobs jobs,
            JobWatch watch,
            UriInfo uri,
            Caller caller,
            DatabaseRegistry databases,
            MigrationDefinition definition,
            ObjectMapper json) {
        super(JobKind.MIGRATION, jobs, watch, uri, caller);
        this.databases = databases;
        this.definition = definition;
        this.json = json;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.OPERATOR)
    @Operation(summary = "Back up, prove, rehearse, apply and verify what is pending")
    @APIResponse(
            responseCode = "202",
            description = "The job is queued; Location says where to find it",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    public Response create(
            @NotNull @Valid MigrationRequest request,
            @HeaderParam("Idempotency-Key") @Size(max = 257) @Nullable String idempotencyKey) {
        decide(request.database());
        databases.require(request.database());
        JsonNode body = json.valueToTree(request);
        return accept(order(request.database(), body, definition.stepNames(body)), idempotencyKey);
    }
}
