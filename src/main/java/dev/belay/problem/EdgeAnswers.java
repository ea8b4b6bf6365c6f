package dev.belay.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.HttpURLConnection;

/** Answers problems where JAX-RS does not come in. */
@ApplicationScoped
public class EdgeAnswers {

    private final ObjectMapper json;

    EdgeAnswers(ObjectMapper json) {
        this.json = json;
    }

    /** Ends a request that failed. */
    public void fail(RoutingContext request, Throwable failure) {
        send(request, failure instanceof ProblemException told ? told.problem() : ProblemAnswers.explain(failure));
    }

    /** Ends a request with a problem, traced like all others. */
    public void send(RoutingContext request, Problem problem) {
        try {
            HttpServerResponse answer = request.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
            if (problem.status() == ProblemType.UNAUTHORIZED.status()) {
                answer.putHeader(HttpHeaders.WWW_AUTHENTICATE, ProblemAnswers.CHALLENGE);
            }
            if (problem.status() == HttpURLConnection.HTTP_UNAVAILABLE) {
                answer.putHeader(HttpHeaders.RETRY_AFTER, ProblemAnswers.RETRY_AFTER);
            }
            var unused = answer.end(json.writeValueAsString(problem.tracedAs(TraceId.current())));
        } catch (JsonProcessingException e) {
            request.fail(e);
        }
    }
}
