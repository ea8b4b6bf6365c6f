package dev.belay.trail;

import dev.belay.access.Denied;
import dev.belay.problem.Problem;
import dev.belay.problem.TraceId;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Objects;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Writes down every request that changed something, was to change something, or was denied. */
class TrailFilter {

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
        journal.write(new TrailView(
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
                null));
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
