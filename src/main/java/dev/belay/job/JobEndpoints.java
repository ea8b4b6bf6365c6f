package dev.belay.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.access.Needs;
import dev.belay.access.Role;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.core.Variant;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What every job resource answers alike; a feature adds its own POST and its path. */
@Produces(MediaType.APPLICATION_JSON)
public abstract class JobEndpoints {

    private static final int RETRY_AFTER_SECONDS = 2;
    private static final int RETRY_AFTER_SECONDS_WAITING = 30;
    private static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8");
    private static final List<Variant> VARIANTS = Variant.mediaTypes(
                    MediaType.APPLICATION_JSON_TYPE, MediaType.TEXT_PLAIN_TYPE)
            .build();

    private static final String PREFER = "Prefer";
    private static final String PREFER_WAIT = "wait=25 does the same as the parameter wait (RFC 7240)";

    private final JobKind kind;
    private final Jobs jobs;
    private final JobWatch watch;

    private final UriInfo uri;
    private final Caller caller;

    protected JobEndpoints(JobKind kind, Jobs jobs, JobWatch watch, UriInfo uri, Caller caller) {
        this.kind = kind;
        this.jobs = jobs;
        this.watch = watch;
        this.uri = uri;
        this.caller = caller;
    }

    /** Commits the job and answers 202 with where to find it. */
    protected Response accept(NewJob order, @Nullable String idempotencyKey) {
        // The framework takes an empty header for none.
        String sent = caller.once(IdempotencyKey.HEADER);
        Jobs.Submission submission = jobs.submit(order, idempotencyKey == null ? sent : idempotencyKey);
        JobView view = view(submission.job());
        Response.ResponseBuilder answer = Response.accepted(view)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .location(URI.create(view.links().get("self")))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        if (submission.replayed()) {
            answer.header("Idempotent-Replayed", "true");
        }
        return answer.build();
    }

    /** Decides about the database of an order, before anything else is said about it. */
    protected void decide(String database) {
        caller.to(database);
    }

    protected NewJob order(String database, JsonNode request, List<String> steps) {
        caller.to(database);
        return new NewJob(kind, database, request, caller.name(), steps);
    }

    @GET
    @Needs(value = Role.VIEWER, of = Needs.Of.SOME)
    @Operation(summary = "List jobs of this kind, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of jobs; the Link header has the next page",
            content = @Content(schema = @Schema(implementation = JobPage.class)))
    public Response list(
            @QueryParam("state") @Nullable JobState state,
            @QueryParam("database") @Size(max = 63) @Nullable String database,
            @QueryParam("createdAfter") @Size(max = 40) @Nullable String createdAfter,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @QueryParam("cursor") @Size(max = 40) @Nullable String cursor) {
        // The framework takes an empty parameter for none, which would begin again and again.
        String sent = cursor == null ? uri.getQueryParameters().getFirst("cursor") : cursor;
        Cursor from = Cursor.parse(kind, sent, limit);
        List<Job> found = jobs.list(
                new JobFilter(
                        kind,
                        state,
                        database,
                        caller.visible().orElse(null),
                        Cursor.instant(createdAfter),
                        from.before()),
                from.limit() + 1);
        List<Job> page = found.subList(0, Math.min(found.size(), from.limit()));
        String next = found.size() > from.limit() ? Cursor.after(page.get(page.size() - 1)) : null;
        Response.ResponseBuilder answer =
                Response.ok(new JobPage(page.stream().map(this::view).toList(), next));
        if (next != null) {
            answer.link(
                    uri.getRequestUriBuilder().replaceQueryParam("cursor", next).build(), "next");
        }
        return answer.build();
    }

    @GET
    @Path("/{id}")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Parameter(
            name = HttpHeaders.IF_NONE_MATCH,
            in = ParameterIn.HEADER,
            description = "The ETag of what you have, or a list of them",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = PREFER,
            in = ParameterIn.HEADER,
            description = PREFER_WAIT,
            schema = @Schema(type = SchemaType.STRING))
    @Needs(Role.VIEWER)
    @Operation(summary = "Show a job; with wait, hold the answer until it is done")
    @APIResponse(
            responseCode = "200",
            description = "The job, a failed one too",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = JobView.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "304", description = "Nothing changed since the given ETag")
    public Response show(
            @PathParam("id") UUID id,
            @QueryParam("wait") @Size(max = 20) @Nullable String wait,
            @Context Request request) {
        Duration patience = Patience.of(wait, caller.header(PREFER));
        caller.toJob(kind, id);
        boolean text = wantsText(request);
        Known known = Known.of(caller.header(HttpHeaders.IF_NONE_MATCH));
        Job job = watch.await(
                () -> jobs.require(kind, id), patience, now -> !known.isNothing() && !known.has(tag(now, text)));
        EntityTag tag = new EntityTag(tag(job, text));
        if (known.has(tag.getValue())) {
            return applied(Response.notModified(tag), wait).build();
        }
        return applied(answer(Response.Status.OK, job, text), wait).tag(tag).build();
    }

    @GET
    @Path("/{id}/outcome")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Parameter(
            name = PREFER,
            in = ParameterIn.HEADER,
            description = PREFER_WAIT,
            schema = @Schema(type = SchemaType.STRING))
    @Needs(Role.VIEWER)
    @Operation(summary = "The outcome as a status: 200 succeeded, 503 not done, 409 failed or cancelled")
    @APIResponse(
            responseCode = "200",
            description = "It succeeded",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(
            responseCode = "503",
            description = "It is not done; ask again after Retry-After",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(
            responseCode = "409",
            description = "It failed or was cancelled",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    public Response outcome(
            @PathParam("id") UUID id,
            @QueryParam("wait") @Size(max = 20) @Nullable String wait,
            @Context Request request) {
        Duration patience = Patience.of(wait, caller.header(PREFER));
        caller.toJob(kind, id);
        Job job = watch.await(() -> jobs.require(kind, id), patience, now -> false);
        Response.Status status = switch (job.state()) {
            case SUCCEEDED -> Response.Status.OK;
            case FAILED, CANCELLED -> Response.Status.CONFLICT;
            case QUEUED, RUNNING, AWAITING_APPROVAL, SCHEDULED, CANCELLING -> Response.Status.SERVICE_UNAVAILABLE;
        };
        return applied(answer(status, job, wantsText(request)), wait).build();
    }

    @POST
    @Path("/{id}/cancel")
    @Needs(Role.OPERATOR)
    @Operation(summary = "Ask a job to stop at the next safe moment")
    @APIResponse(
            responseCode = "202",
            description = "It was asked to stop, or had stopped already",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    public Response cancel(@PathParam("id") UUID id) {
        caller.toJob(kind, id);
        JobView view = view(jobs.cancel(kind, id));
        return Response.accepted(view)
                .location(URI.create(view.links().get("self")))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Needs(Role.VIEWER)
    @Operation(summary = "Follow a job as server-sent events; Last-Event-ID resumes")
    @APIResponse(
            responseCode = "200",
            description = "Events named state, step, progress and log, then end; their ids grow",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    public Multi<OutboundSseEvent> events(
            @PathParam("id") UUID id, @HeaderParam("Last-Event-ID") @DefaultValue("0") long lastEventId) {
        caller.toJob(kind, id);
        return watch.events(id, lastEventId);
    }

    /** As an aligned table for a person, where that is wanted most. */
    private static boolean wantsText(Request request) {
        Variant variant = request.selectVariant(VARIANTS);
        return variant != null && MediaType.TEXT_PLAIN_TYPE.isCompatible(variant.getMediaType());
    }

    /** The two forms of a job are not the same bytes, so they do not have the same tag. */
    private static String tag(Job job, boolean text) {
        return job.revision + (text ? "-text" : "");
    }

    private Response.ResponseBuilder answer(Response.Status status, Job job, boolean text) {
        JobView view = view(job);
        Response.ResponseBuilder answer = text
                ? Response.status(status).entity(view.asText()).type(TEXT)
                : Response.status(status).entity(view).type(MediaType.APPLICATION_JSON_TYPE);
        return view.done() ? answer : answer.header(HttpHeaders.RETRY_AFTER, retryAfter(job));
    }

    private Response.ResponseBuilder applied(Response.ResponseBuilder answer, @Nullable String wait) {
        Patience.applied(wait, caller.header(PREFER)).ifPresent(what -> answer.header(Patience.APPLIED, what));
        return answer;
    }

    private static int retryAfter(Job job) {
        return job.state().isWaiting() ? RETRY_AFTER_SECONDS_WAITING : RETRY_AFTER_SECONDS;
    }

    private JobView view(Job job) {
        return JobView.of(job, uri.getBaseUri());
    }
}
