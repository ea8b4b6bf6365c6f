package dev.belay.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Answers whatever was thrown, by Belay or by the framework, in the one shape. */
public class ProblemAnswers {

    /** How a caller can say who they are (RFC 6750). */
    static final String CHALLENGE = "Bearer realm=\"belay\"";

    private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);
    /** In seconds. */
    static final String RETRY_AFTER = "5";

    private final KnownMethods methods;

    ProblemAnswers(KnownMethods methods) {
        this.methods = methods;
    }

    @ServerExceptionMapper
    Response expected(ProblemException e) {
        if (e.type().status() == 500) {
            if (isConnectionTrouble(e)) {
                return unforeseen(e);
            }
            LOG.errorf(e, "answered %s", e.type().slug());
        }
        Response answer = of(e.problem());
        return e instanceof TooManyException over
                ? Response.fromResponse(answer)
                        .header(HttpHeaders.RETRY_AFTER, over.retryAfterSeconds())
                        .build()
                : answer;
    }

    /** What the framework refuses, and redirections, which are no problems. */
    @ServerExceptionMapper
    Response framework(WebApplicationException e, UriInfo uri) {
        Response given = e.getResponse();
        if (given.getStatus() < 400) {
            return given;
        }
        if (e.getCause() instanceof ProblemException problem) {
            return expected(problem);
        }
        if (e.getCause() instanceof JsonProcessingException json) {
            return json(json);
        }
        if (given.getStatus() >= 500) {
            return unforeseen(e);
        }
        Response answer = of(FrameworkFaults.explain(given.getStatus()).problem());
        return given.getStatus() == Response.Status.METHOD_NOT_ALLOWED.getStatusCode()
                ? Response.fromResponse(answer)
                        .header(HttpHeaders.ALLOW, methods.of(uri.getPath()))
                        .build()
                : answer;
    }

    /** The framework has a mapper for this one, which a mapper for all JSON faults would not replace. */
    @ServerExceptionMapper
    Response mismatch(MismatchedInputException e) {
        return json(e);
    }

    @ServerExceptionMapper
    Response json(JsonProcessingException e) {
        // Without a location it is Belay's own object that could not be written, not the client's that could not be
        // read;
        // of the latter only a broken limit has none.
        return e.getLocation() == null && !isTooMuch(e) ? unforeseen(e) : of(JsonFaults.explain(e));
    }

    private static boolean isTooMuch(JsonProcessingException e) {
        return e instanceof StreamConstraintsException || e.getCause() instanceof StreamConstraintsException;
    }

    @ServerExceptionMapper
    Response constraints(ConstraintViolationException e) {
        return of(ViolationFaults.explain(e));
    }

    @ServerExceptionMapper
    Response unforeseen(Throwable e) {
        return of(explain(e).problem());
    }

    /** Logs what nobody foresaw, and tells what the client may know of it. */
    static ProblemException explain(Throwable e) {
        if (isConnectionTrouble(e)) {
            LOG.errorf("the control database cannot be reached: %s", e.getMessage());
            return ProblemType.DATABASE_UNREACHABLE.because(
                    "Belay's own control database cannot be reached, so nothing was done and no managed database"
                            + " was touched. Ask again later; /q/health/ready turns UP when it is back.");
        }
        LOG.errorf(e, "a request failed in a way nobody foresaw");
        return FrameworkFaults.unforeseen();
    }

    private static Response of(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.tracedAs(TraceId.current()));
        if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        if (problem.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        return answer.build();
    }

    /** Only the control database is asked while a request waits without its own handling of such trouble. */
    private static boolean isConnectionTrouble(Throwable e) {
        return Stream.<@Nullable Throwable>iterate(e, cause -> cause != null, cause -> cause.getCause())
                .limit(20)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && (sql.getSQLState() == null
                                ? String.valueOf(sql.getMessage()).contains("cquisition timeout")
                                : List.of("08", "57").contains(sql.getSQLState().substring(0, 2))));
    }
}
