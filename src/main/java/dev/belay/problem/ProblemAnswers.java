package dev.belay.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Answers whatever was thrown, by Belay or by the framework, in the one shape. */
public class ProblemAnswers {

    private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);
    private static final int RETRY_AFTER_SECONDS = 5;

    @ServerExceptionMapper
    Response expected(ProblemException e) {
        if (e.type().status() == 500) {
            LOG.errorf(e, "answered %s", e.type().slug());
        }
        return of(e.problem());
    }

    /** What the framework refuses, and redirections, which are no problems. */
    @ServerExceptionMapper
    Response framework(WebApplicationException e) {
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
        return of(FrameworkFaults.explain(given.getStatus()));
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
        return e.getLocation() == null && !(e instanceof StreamConstraintsException)
                ? unforeseen(e)
                : of(JsonFaults.explain(e));
    }

    @ServerExceptionMapper
    Response constraints(ConstraintViolationException e) {
        return of(ViolationFaults.explain(e));
    }

    @ServerExceptionMapper
    Response unforeseen(Throwable e) {
        if (isConnectionTrouble(e)) {
            LOG.errorf("the control database cannot be reached: %s", e.getMessage());
            return of(ProblemType.DATABASE_UNREACHABLE
                    .because(
                            "Belay's own control database cannot be reached, so nothing was done and no managed database"
                                    + " was touched. Ask again later; /q/health/ready turns UP when it is back.")
                    .problem());
        }
        LOG.errorf(e, "a request failed in a way nobody foresaw");
        return of(FrameworkFaults.unforeseen().problem());
    }

    private static Response of(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.tracedAs(TraceId.current()));
        if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"belay\"");
        }
        if (problem.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
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
