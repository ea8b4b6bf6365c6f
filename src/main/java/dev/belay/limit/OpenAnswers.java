package dev.belay.limit;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** The answers that are under way for long: held ones and event streams. */
@ApplicationScoped
public class OpenAnswers {

    private final Places held;
    private final Places streams;
    private final Callers callers;
    private final RoutingContext request;

    OpenAnswers(LimitConfig config, Closing closing, Callers callers, RoutingContext request) {
        this.held = new Places("answers held", config.held(), config.heldInAll(), closing);
        this.streams = new Places("event streams open", config.streams(), config.streamsInAll(), closing);
        this.callers = callers;
        this.request = request;
    }

    /**
     * A place for an answer of the current request that is to be held by this thread.
     *
     * @throws dev.belay.problem.TooManyException when there is none
     */
    public Place hold() {
        return place(held);
    }

    /**
     * A place for an event stream that answers the current request.
     *
     * @throws dev.belay.problem.TooManyException when there is none
     */
    public Place stream() {
        return place(streams);
    }

    private Place place(Places places) {
        String known = callers.known();
        Place place = places.take(known == null ? Addresses.of(request.request()) : known);
        request.addEndHandler(ended -> place.leave());
        return place;
    }
}
