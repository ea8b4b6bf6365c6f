package dev.belay.web;

import dev.belay.access.Access;
import dev.belay.access.Needs;
import dev.belay.access.Role;
import dev.belay.catalog.Relations;
import dev.belay.catalog.RelationsDiagram;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.diagram.DiagramResource;
import dev.belay.job.Caller;
import dev.belay.job.Patience;
import dev.belay.state.DatabaseSchema;
import dev.belay.state.GateQuery;
import dev.belay.state.SchemaStates;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The managed databases, to read. */
@Path("/databases")
@Tag(name = "Databases")
@Produces(MediaType.APPLICATION_JSON)
public class DatabaseResource extends DiagramResource {

    private static final int RETRY_AFTER_SECONDS = 5;

    private final DatabaseRegistry databases;
    private final SchemaStates states;
    private final GateWatch gates;
    private final UriInfo uri;
    private final Access access;
    private final Caller caller;

    DatabaseResource(
            DatabaseRegistry databases,
            SchemaStates states,
            GateWatch gates,
            UriInfo uri,
            Access access,
            Caller caller) {
        this.caller = caller;
        this.databases = databases;
        this.states = states;
        this.gates = gates;
        this.uri = uri;
        this.access = access;
    }

    @GET
    @Needs(value = Role.VIEWER, of = Needs.Of.SOME)
    @Operation(
            summary = "List the managed databases with their states",
            description = "All are asked at once; one that does not answer within 5 s is UNREACHABLE.")
    @APIResponse(
            responseCode = "200",
            description = "The databases in the order of their names",
            content = @Content(schema = @Schema(implementation = DatabaseList.class)))
    public DatabaseList list() {
        return new DatabaseList(states.all().stream()
                .filter(schema -> access.shows(schema.database()))
                .map(schema -> view(databases.require(schema.database()), schema))
                .toList());
    }

    @GET
    @Needs(Role.VIEWER)
    @Path("/{name}")
    @Operation(summary = "Show a managed database")
    @APIResponse(
            responseCode = "200",
            description = "The database",
            content = @Content(schema = @Schema(implementation = DatabaseView.class)))
    public DatabaseView show(@PathParam("name") @Size(max = 63) @Parameter(example = "madaris") String name) {
        ManagedDatabase database = require(name);
        return view(database, states.of(database));
    }

    @GET
    @Needs(Role.VIEWER)
    @Path("/{name}/schema")
    @Operation(
            summary = "Show how far a database's schema has come",
            description = "Always 200 for a database that is configured, one that cannot be reached too: the status"
                    + " says so. With the job that is under way and the last backup that was proven.")
    @APIResponse(
            responseCode = "200",
            description = "The schema's state, of a database that cannot be reached too",
            content = @Content(schema = @Schema(implementation = DatabaseSchema.class)))
    public DatabaseSchema schema(@PathParam("name") @Size(max = 63) @Parameter(example = "madaris") String name) {
        return states.of(require(name));
    }

    @GET
    @Needs(Role.GATE)
    @Path("/{name}/gate")
    @Parameter(
            name = "Prefer",
            in = ParameterIn.HEADER,
            description = "wait=25 does the same as the parameter wait (RFC 7240)",
            schema = @Schema(type = SchemaType.STRING))
    @Operation(
            summary = "May an application start on this schema? 200 yes, 503 wait, 409 waiting cannot help",
            description = "The whole of an init container: curl -fsS --retry 360 --retry-delay 5"
                    + " 'http://belay:8080/databases/madaris/gate?min=2&wait=25s'. Without min and max every module has"
                    + " to be up to date with its project. Versions compare as numbers: 10 is above 9.")
    @APIResponse(
            responseCode = "200",
            description = "The application may start",
            content = @Content(schema = @Schema(implementation = GateView.class)))
    @APIResponse(
            responseCode = "503",
            description = "Not yet: the schema is behind, is being changed, or the database cannot be reached",
            headers =
                    @Header(
                            name = HttpHeaders.RETRY_AFTER,
                            description = "Seconds",
                            schema = @Schema(type = SchemaType.INTEGER)),
            content = @Content(schema = @Schema(implementation = GateView.class)))
    @APIResponse(
            responseCode = "409",
            description = "Waiting cannot help: a script failed, history and project contradict each other, or the"
                    + " schema is above max",
            content = @Content(schema = @Schema(implementation = GateView.class)))
    public Response gate(
            @PathParam("name") @Size(max = 63) @Parameter(example = "madaris") String name,
            @QueryParam("module")
                    @Size(max = 40)
                    @Parameter(description = "By default the project's only module, or all")
                    @Nullable
                    String module,
            @QueryParam("min")
                    @Size(max = 100)
                    @Parameter(description = "The oldest version that will do", example = "2")
                    @Nullable
                    String min,
            @QueryParam("max") @Size(max = 100) @Parameter(description = "The newest version that will do") @Nullable
                    String max,
            @QueryParam("wait")
                    @Size(max = 20)
                    @Parameter(description = "How long to hold the answer, at most 25s", example = "25s")
                    @Nullable
                    String wait) {
        String prefer = caller.header("Prefer");
        GateView view = gates.await(require(name), GateQuery.parse(module, min, max), Patience.of(wait, prefer));
        Response.ResponseBuilder answer = switch (view.status()) {
            case SATISFIED -> Response.ok(view);
            case WAIT ->
                Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                        .entity(view);
            case BLOCKED -> Response.status(Response.Status.CONFLICT).entity(view);
        };
        Patience.applied(wait, prefer).ifPresent(applied -> answer.header(Patience.APPLIED, applied));
        return answer.build();
    }

    @GET
    @Needs(Role.VIEWER)
    @Path("/{name}/relations")
    @Produces({MediaType.APPLICATION_JSON, MERMAID, GRAPHVIZ, SVG})
    @Operation(summary = "Show what hangs on a table: keys, views, functions, triggers, indexes, publications")
    @APIResponse(
            responseCode = "200",
            description = "What hangs on the table; by Accept as a diagram of it",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Relations.class)),
                @Content(mediaType = MERMAID, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = GRAPHVIZ, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = SVG, schema = @Schema(type = SchemaType.STRING))
            })
    public Response relations(
            @PathParam("name") @Size(max = 63) @Parameter(example = "madaris") String name,
            @QueryParam("table")
                    @Size(max = 200)
                    @Parameter(
                            description = "With its schema or, where only one schema has such a table, without",
                            required = true,
                            example = "public.constituents_student")
                    @Nullable
                    String table,
            @Context Request request) {
        Relations relations = TableRelations.read(require(name), table);
        return answer(relations, RelationsDiagram.of(List.of(relations)), request);
    }

    private ManagedDatabase require(String name) {
        access.to(name);
        return databases.require(name);
    }

    private DatabaseView view(ManagedDatabase database, DatabaseSchema schema) {
        return DatabaseView.of(database, schema, uri.getBaseUri());
    }
}
