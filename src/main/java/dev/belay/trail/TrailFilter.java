package dev.belay.trail;

import dev.belay.problem.Problem;
import dev.belay.problem.TraceId;
import io.quarkus.runtime.BlockingOperationControl;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Objects;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Writes down every request that changed something, was to change something, or was denied. */
class TrailFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<Integer> DENIED = Set.of(401, 403);
    private static final String ANONYMOUS = "anonymous";

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
            // It came to no endpoint: there is no such path or method, and whose request it was nobody has asked.
            return;
        }
        String problem =
                answer.getEntity() instanceof Problem said ? said.type().replaceAll(".*:", "") : null;
        journal.write(new TrailView(
                null,
                null,
                Objects.requireNonNullElse(trail.caller(), ANONYMOUS),
                request.getMethod(),
                request.getUriInfo().getPath(),
                trail.database(),
                trail.digest(),
                answer.getStatus(),
                problem,
                Objects.requireNonNullElse(TraceId.current(), "")));
    }
}
