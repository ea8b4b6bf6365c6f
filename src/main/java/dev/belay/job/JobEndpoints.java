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
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What every job resource answers alike; a feature adds its own POST and its path. */
@Produces(MediaType.APPLICATION_JSON)
public abstract class JobEndpoints {

    private static final int RETRY_AFTER_SECONDS = 2;
    private static final int RETRY_AFTER_SECONDS_WAITING = 30;

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
        Jobs.Submission submission = jobs.submit(order, idempotencyKey);
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
        Cursor from = Cursor.parse(cursor, limit);
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
            @HeaderParam("Prefer") @Size(max = 1000) @Nullable String prefer,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Size(max = 1000) @Nullable String known,
            @HeaderParam(HttpHeaders.ACCEPT) @Size(max = 1000) @Nullable String accept) {
        caller.toJob(kind, id);
        Job job = watch.await(() -> jobs.require(kind, id), Patience.of(wait, prefer), known);
        EntityTag tag = new EntityTag(Long.toString(job.revision));
        if (JobWatch.matches(known, job)) {
            return Response.notModified(tag).build();
        }
        JobView view = view(job);
        boolean text = accept != null && accept.startsWith(MediaType.TEXT_PLAIN);
        Response.ResponseBuilder answer = text
                ? Response.ok(view.asText(), MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                : Response.ok(view, MediaType.APPLICATION_JSON_TYPE);
        if (!view.done()) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfter(job));
        }
        return answer.tag(tag).build();
    }

    @GET
    @Path("/{id}/outcome")
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
            @HeaderParam("Prefer") @Size(max = 1000) @Nullable String prefer) {
        caller.toJob(kind, id);
        Job job = watch.await(() -> jobs.require(kind, id), Patience.of(wait, prefer), null);
        return switch (job.state()) {
            case SUCCEEDED -> Response.ok(view(job)).build();
            case FAILED, CANCELLED ->
                Response.status(Response.Status.CONFLICT).entity(view(job)).build();
            case QUEUED, RUNNING, AWAITING_APPROVAL, SCHEDULED, CANCELLING ->
                Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, retryAfter(job))
                        .entity(view(job))
                        .build();
        };
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

    private static int retryAfter(Job job) {
        return job.state().isWaiting() ? RETRY_AFTER_SECONDS_WAITING : RETRY_AFTER_SECONDS;
    }

    private JobView view(Job job) {
        return JobView.of(job, uri.getBaseUri());
    }
}
