package dev.belay.trail;

import dev.belay.access.Denied;
import dev.belay.problem.Problem;
import dev.belay.problem.ProblemType;
import dev.belay.problem.TraceId;
import io.quarkus.runtime.BlockingOperationControl;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Writes down every request that changed something, was to change something, or was denied. */
class TrailFilter {

    private static final Logger LOG = Logger.getLogger(TrailFilter.class);
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<Integer> DENIED = Set.of(401, 403);

    private final Trail trail;
    private final TrailJournal journal;

    TrailFilter(Trail trail, TrailJournal journal) {
        this.trail = trail;
        this.journal = journal;
    }

    @ServerResponseFilter
    void after(ContainerRequestContext request, ContainerResponseContext answer) {
        if (READING.contains(request.getMethod()) && !DENIED.contains(answer.getStatus())) {
            return;
        }
        if (!BlockingOperationControl.isBlockingAllowed()) {
            // No endpoint took it, so it changed nothing and nobody was denied anything.
            return;
        }
        TrailView entry = new TrailView(
                null,
                null,
                trail.caller(),
                trail.how(),
                request.getMethod(),
                request.getUriInfo().getPath(),
                trail.database(),
                trail.digest(),
                answer.getStatus(),
                answer.getEntity() instanceof Problem said ? slug(said) : null,
                answer.getLocation() == null ? null : answer.getLocation().getPath(),
                Objects.requireNonNullElse(TraceId.current(), ""),
                null);
        try {
            journal.write(entry);
        } catch (RuntimeException e) {
            LOG.errorf("not in the audit trail: %s, because %s", entry, e.getMessage());
            doubt(answer);
        }
    }

    /** An answer without its entry. A refusal stays one; whoever would hear of a success has to ask whether it is there. */
    private static void doubt(ContainerResponseContext answer) {
        if (answer.getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
            Problem problem = ProblemType.DATABASE_UNREACHABLE
                    .because(
                            "Belay's own control database went away while the request was answered, so it may have been"
                                    + " done or not. Send it again with the same Idempotency-Key, or look first.")
                    .problem();
            answer.setStatus(problem.status());
            answer.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            answer.setEntity(
                    problem.tracedAs(TraceId.current()), new Annotation[0], MediaType.valueOf(Problem.MEDIA_TYPE));
        }
    }

    /** What is denied before it gets here. */
    void denied(@ObservesAsync Denied request) {
        journal.write(new TrailView(
                null,
                null,
                request.caller(),
                request.how(),
                request.method(),
                request.path(),
                null,
                null,
                request.problem().status(),
                slug(request.problem()),
                null,
                Objects.requireNonNullElse(request.problem().traceId(), ""),
                null));
    }

    private static String slug(Problem problem) {
        return problem.type().replaceAll(".*:", "");
    }
}
