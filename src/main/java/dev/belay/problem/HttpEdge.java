package dev.belay.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What happens to every request before JAX-RS sees it: it gets its trace, and is refused where no mapper could do so. */
@ApplicationScoped
class HttpEdge {

    private static final int FIRST = 1000;
    private static final String HEALTH_GROUP = "/q/health/group/";
    private static final Set<String> HEALTH_GROUPS = Set.of("schema");

    private final EdgeAnswers answers;
    private final long largestBody;

    HttpEdge(EdgeAnswers answers, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody) {
        this.answers = answers;
        this.largestBody = largestBody.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::handle, FIRST);
    }

    /** What fails beside JAX-RS would be answered in the framework's own shape. */
    void answerFailures(@Observes Router router) {
        var unused = router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
    }

    private void failed(RoutingContext request) {
        if (request.failure() instanceof SecurityException || request.response().headWritten()) {
            request.next();
            return;
        }
        if (TraceId.current() == null) {
            TraceId.begin(request.request().getHeader("traceparent"));
        }
        if (request.statusCode() >= 400 && request.statusCode() < 500) {
            answers.refuse(request, request.statusCode());
        } else {
            answers.fail(request, request.failure());
        }
    }

    private void handle(RoutingContext request) {
        TraceId.begin(request.request().getHeader("traceparent"));
        if (length(request) > largestBody) {
            answers.refuse(request, 413);
        } else if (request.request().uri().contains("%00")) {
            // PostgreSQL has no text with this character, so nothing is found under it.
            answers.refuse(request, 400);
        } else if (asksForUnknownHealth(request.normalizedPath())) {
            answers.refuse(request, 404);
        } else {
            request.next();
        }
    }

    private static long length(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    /** The framework would answer UP for a group that does not exist, so that a typing error would hide every trouble. */
    private static boolean asksForUnknownHealth(String path) {
        return path.startsWith(HEALTH_GROUP) && !HEALTH_GROUPS.contains(path.substring(HEALTH_GROUP.length()));
    }
}
