package dev.belay.web;

import dev.belay.database.ManagedDatabase;
import dev.belay.limit.OpenAnswers;
import dev.belay.limit.Place;
import dev.belay.state.DatabaseSchema;
import dev.belay.state.Gate;
import dev.belay.state.GateQuery;
import dev.belay.state.SchemaStates;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Holds a gate's answer while waiting can help. */
@ApplicationScoped
class GateWatch {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final SchemaStates states;
    private final OpenAnswers open;

    GateWatch(SchemaStates states, OpenAnswers open) {
        this.states = states;
        this.open = open;
    }

    /** @throws dev.belay.problem.TooManyException when it would have to be waited for and too many wait already */
    GateView await(ManagedDatabase database, GateQuery query, Duration patience) {
        GateView view = look(database, query);
        if (patience.isZero() || view.status() != Gate.Status.WAIT) {
            return view;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        try (Place place = open.hold()) {
            while (view.status() == Gate.Status.WAIT
                    && System.nanoTime() < deadline
                    && !place.isClosed()
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(Math.min(LOOK_AGAIN.toNanos(), deadline - System.nanoTime()));
                view = look(database, query);
            }
        }
        return view;
    }

    private GateView look(ManagedDatabase database, GateQuery query) {
        DatabaseSchema schema = states.of(database);
        return GateView.of(schema, Gate.decide(schema, query));
    }
}
