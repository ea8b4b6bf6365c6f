package dev.belay.limit;

import dev.belay.problem.EdgeAnswers;
import dev.belay.problem.ProblemType;
import dev.belay.problem.TooManyException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Takes bodies in before anybody works on them, so that one that trickles in takes no thread: only so large, only so long,
 * only so many at once.
 */
@ApplicationScoped
class BodyLimits {

    private static final int ORDER = 800;
    private static final String ARRIVAL = "belay.arrival";

    private final Vertx vertx;
    private final EdgeAnswers answers;
    private final BodyHandler bodies;
    private final Places places;
    private final Duration timeout;

    BodyLimits(
            Vertx vertx,
            EdgeAnswers answers,
            LimitConfig config,
            Closing closing,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largest) {
        this.vertx = vertx;
        this.answers = answers;
        this.bodies = BodyHandler.create(false).setBodyLimit(largest.asLongValue());
        this.places = new Places("bodies on their way", config.bodies(), config.bodiesInAll(), closing);
        this.timeout = config.requestTimeout();
    }

    void install(@Observes Filters filters) {
        filters.register(this::begin, ORDER);
        filters.register(BodyLimits::arrived, ORDER - 1);
    }

    void install(@Observes Router router) {
        var unused = router.route().order(-ORDER - 1).failureHandler(this::failed);
    }

    /** How a body arrives: until it has, it keeps a place, and a clock runs. */
    private record Arrival(Place place, Runnable stopClock) {

        void end() {
            place.close();
            stopClock.run();
        }
    }

    private void begin(RoutingContext request) {
        if (!isAwaited(request.request())) {
            request.next();
        } else if (isForm(request.request())) {
            answers.refuse(request, 415);
        } else {
            takeIn(request);
        }
    }

    private void takeIn(RoutingContext request) {
        try {
            Place place = places.take(Addresses.of(request.request()));
            long clock = vertx.setTimer(timeout.toMillis(), fired -> tooSlow(request));
            Arrival arrival = new Arrival(place, () -> vertx.cancelTimer(clock));
            request.put(ARRIVAL, arrival);
            request.addEndHandler(ended -> arrival.end());
            bodies.handle(request);
        } catch (TooManyException e) {
            answers.refuse(request, e);
        }
    }

    /** Nothing here reads one, and it would be taken apart before that is found out. */
    private static boolean isForm(HttpServerRequest request) {
        String type =
                String.valueOf(request.getHeader(HttpHeaders.CONTENT_TYPE)).toLowerCase(Locale.ROOT);
        return type.startsWith("multipart/") || type.startsWith("application/x-www-form-urlencoded");
    }

    /** Many clients say of no body that it is a form of no length. */
    private static boolean isAwaited(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return !request.isEnded()
                && (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                        || (length != null && !length.equals("0")));
    }

    private static void arrived(RoutingContext request) {
        Arrival arrival = request.get(ARRIVAL);
        if (arrival != null) {
            arrival.end();
            if (request.body().buffer() == null && request instanceof RoutingContextInternal inside) {
                // Else whoever reads it would wait for what will not come.
                inside.setBody(Buffer.buffer());
            }
        }
        request.next();
    }

    private void tooSlow(RoutingContext request) {
        answers.refuse(
                request,
                ProblemType.REQUEST_TIMEOUT.because("The body of the request did not come within " + timeout.toSeconds()
                        + " s. Nothing was done. Send it again, all at once."));
    }

    private void failed(RoutingContext request) {
        Arrival arrival = request.get(ARRIVAL);
        if (arrival == null || arrival.place().isClosed()) {
            request.next();
        } else {
            answers.refuse(request, request.statusCode() == 413 ? 413 : 400);
        }
    }
}
