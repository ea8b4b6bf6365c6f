package dev.belay.rollback;

import dev.belay.access.Needs;
import dev.belay.access.Role;
import dev.belay.job.Caller;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.problem.ProblemType;
import dev.belay.salvage.SalvageReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a rollback did with the rows that applications wrote. */
@Path("/rollbacks/{id}/salvage")
@Tag(name = "Rollbacks")
public class SalvageResource {

    private final JobJournal journal;
    private final Caller caller;

    SalvageResource(JobJournal journal, Caller caller) {
        this.caller = caller;
        this.journal = journal;
    }

    @GET
    @Needs(Role.VIEWER)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Show what became of the rows that applications wrote",
            description =
                    "Table by table: how many were carried, and how many are kept in belay_salvage and why. It is"
                            + " there once the step salvage of a restore, or the step undo of an undo, is done; of a dry run too.")
    @APIResponse(
            responseCode = "200",
            description = "The report",
            content = @Content(schema = @Schema(implementation = SalvageReport.class)))
    public SalvageReport show(@PathParam("id") UUID id) {
        caller.toJob(JobKind.ROLLBACK, id);
        return journal.evidence(id, SalvageReport.class)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because(
                        "The rollback " + id + " has not come to the rows that applications wrote. GET /rollbacks/" + id
                                + " shows how far it is."));
    }
}
