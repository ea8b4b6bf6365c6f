package dev.belay.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

/** Answers with a problem where no mapper could do so, because JAX-RS has not seen the request yet. */
@ApplicationScoped
public class EdgeAnswers {

    private static final long LINGER_MILLIS = 1000;

    private final ObjectMapper json;

    EdgeAnswers(ObjectMapper json) {
        this.json = json;
    }

    /** Ends a request that failed. */
    public void fail(RoutingContext request, Throwable failure) {
        refuse(request, failure instanceof ProblemException told ? told : ProblemAnswers.explain(failure));
    }

    /** Refuses it for what the framework would refuse it for. */
    public void refuse(RoutingContext request, int status) {
        refuse(request, FrameworkFaults.explain(status));
    }

    public void refuse(RoutingContext request, ProblemException said) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        Problem problem = said.problem();
        if (said instanceof TooManyException over) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(over.retryAfterSeconds()));
        }
        if (problem.status() == ProblemType.UNAUTHORIZED.status()) {
            response.putHeader(HttpHeaders.WWW_AUTHENTICATE, ProblemAnswers.CHALLENGE);
        }
        if (problem.status() == ProblemType.DATABASE_UNREACHABLE.status()) {
            response.putHeader(HttpHeaders.RETRY_AFTER, ProblemAnswers.RETRY_AFTER);
        }
        if (!request.request().isEnded()) {
            // The rest of the body is not wanted, so the connection is of no more use. Closed at once, the answer would
            // be lost.
            response.putHeader("Connection", "close");
            var unusedTimer = request.vertx()
                    .setTimer(
                            LINGER_MILLIS,
                            passed -> request.request().connection().close());
        }
        try {
            var unusedEnd = response.setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(json.writeValueAsString(problem.tracedAs(TraceId.current())));
        } catch (JsonProcessingException e) {
            request.fail(e);
        }
    }
}
