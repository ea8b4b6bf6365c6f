package dev.belay.run;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The orderly end: no job is begun any more, those that run are parked at once, and those past their point of no return are
 * waited for.
 */
@ApplicationScoped
public class Drain {

    private final Set<RunningJob> running = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    public boolean isDraining() {
        return draining;
    }

    void enter(RunningJob job) {
        running.add(job);
        if (draining) {
            job.stop(new ParkedException());
        }
    }

    void leave(RunningJob job) {
        running.remove(job);
    }

    /** Before the scheduler's own end, which waits for its threads. */
    void begin(@Observes @Priority(1) ShutdownEvent event) {
        draining = true;
        running.forEach(job -> job.stop(new ParkedException()));
    }
}
