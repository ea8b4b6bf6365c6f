package dev.belay.rehearsal;

import dev.belay.access.Needs;
import dev.belay.access.Role;
import dev.belay.job.Caller;
import dev.belay.job.JobKind;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What takes a migration back, to be read and kept. */
@Path("/migrations/{id}/undo")
@Tag(name = "Migrations")
public class UndoScriptResource {

    private static final String SQL = "application/sql";

    private final UndoScripts scripts;
    private final Caller caller;

    UndoScriptResource(UndoScripts scripts, Caller caller) {
        this.caller = caller;
        this.scripts = scripts;
    }

    @GET
    @Needs(Role.VIEWER)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "List what takes the versions of a migration back",
            description =
                    "Written undo scripts and generated ones, the latter with each statement marked safe, lossy or"
                            + " irreversible. It is there once the migration was rehearsed, and stays.")
    @APIResponse(
            responseCode = "200",
            description = "One entry a version, and why it is not offered if it is not",
            content = @Content(schema = @Schema(implementation = UndoScriptList.class)))
    public UndoScriptList list(@PathParam("id") UUID id) {
        caller.toJob(JobKind.MIGRATION, id);
        return new UndoScriptList(scripts.list(id));
    }

    @GET
    @Path("/{module}/{file: .+}")
    @Needs(Role.VIEWER)
    @Produces({SQL, MediaType.TEXT_PLAIN})
    @Operation(
            operationId = "getMigrationUndoScript",
            summary = "Fetch an undo script as a file",
            description = "To be read, and to be kept beside its V script: from then on it counts as written.")
    @APIResponse(
            responseCode = "200",
            description = "The script",
            content = {
                @Content(mediaType = SQL, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING))
            })
    public Response fetch(
            @PathParam("id") UUID id,
            @PathParam("module") @Size(max = 40) String module,
            @PathParam("file") @Size(max = 500) String file) {
        caller.toJob(JobKind.MIGRATION, id);
        String sql = scripts.sql(id, module, file);
        String name = file.substring(file.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return Response.ok(sql)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }
}
