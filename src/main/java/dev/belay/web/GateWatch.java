package dev.belay.web;

import dev.belay.database.ManagedDatabase;
import dev.belay.job.Closing;
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
    private final Closing closing;

    GateWatch(SchemaStates states, Closing closing) {
        this.closing = closing;
        this.states = states;
    }

    GateView await(ManagedDatabase database, GateQuery query, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        GateView view = look(database, query);
        while (view.status() == Gate.Status.WAIT
                && System.nanoTime() < deadline
                && !closing.hasBegun()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(LOOK_AGAIN.toNanos(), deadline - System.nanoTime()));
            view = look(database, query);
        }
        return view;
    }

    private GateView look(ManagedDatabase database, GateQuery query) {
        DatabaseSchema schema = states.of(database);
        return GateView.of(schema, Gate.decide(schema, query));
    }
}
