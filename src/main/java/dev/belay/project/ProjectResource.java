package dev.belay.project;

import dev.belay.access.Access;
import dev.belay.access.Needs;
import dev.belay.access.Role;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.Project;
import dev.belay.diagram.DiagramResource;
import dev.belay.problem.ProblemException;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The projects, to read. */
@Path("/projects")
@Tag(name = "Projects")
@Produces(MediaType.APPLICATION_JSON)
public class ProjectResource extends DiagramResource {

    private final DatabaseRegistry databases;
    private final Access access;
    private final UriInfo uri;

    ProjectResource(DatabaseRegistry databases, Access access, UriInfo uri) {
        this.databases = databases;
        this.access = access;
        this.uri = uri;
    }

    @GET
    @Needs(value = Role.VIEWER, of = Needs.Of.SOME)
    @Operation(
            summary = "List the projects with their modules",
            description = "A project whose files cannot be used is listed with what is wrong with it.")
    @APIResponse(
            responseCode = "200",
            description = "The projects in the order of their names",
            content = @Content(schema = @Schema(implementation = ProjectList.class)))
    public ProjectList list() {
        URI base = uri.getBaseUri();
        return new ProjectList(
                databases.projects().stream().map(name -> view(name, base)).toList());
    }

    @GET
    @Path("/{name}")
    @Needs(value = Role.VIEWER, of = Needs.Of.SOME)
    @Produces({MediaType.APPLICATION_JSON, MERMAID, GRAPHVIZ, SVG})
    @Operation(summary = "Show a project: its modules, their order, and which of them depend on which")
    @APIResponse(
            responseCode = "200",
            description =
                    "The project; by Accept as a diagram of its modules, each of which points at those it depends on",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ProjectView.class)),
                @Content(mediaType = MERMAID, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = GRAPHVIZ, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = SVG, schema = @Schema(type = SchemaType.STRING))
            })
    public Response show(
            @PathParam("name") @Size(max = 63) @Parameter(example = "sims") String name, @Context Request request) {
        Project project = databases.project(name);
        ProjectView view = ProjectView.of(project, using(name), uri.getBaseUri());
        return answer(view, ModuleDiagram.of(project), request);
    }

    private ProjectView view(String name, URI base) {
        try {
            return ProjectView.of(databases.project(name), using(name), base);
        } catch (ProblemException e) {
            return ProjectView.broken(name, e.problem(), using(name), base);
        }
    }

    /** Those that the caller may see. */
    private List<ManagedDatabase> using(String project) {
        return databases.using(project).stream()
                .filter(database -> access.shows(database.name()))
                .toList();
    }
}
