package dev.belay.run;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The orderly end: no job is begun any more, those that run are parked at once, and those past their point of no return are
 * waited for.
 */
@ApplicationScoped
public class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Set<RunningJob> running = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;
    private int admitted;

    public boolean isDraining() {
        return draining;
    }

    /** Whether a runner may look for a job; if so it has to {@link #dismiss} itself when it is done. */
    synchronized boolean admit() {
        if (draining) {
            return false;
        }
        admitted++;
        return true;
    }

    synchronized void dismiss() {
        admitted--;
        notifyAll();
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

    /** While requests are still answered: whoever asks whether the service is ready hears of it. */
    void begin(@Observes @Priority(2) ShutdownDelayInitiatedEvent event) {
        begin();
    }

    /** Before anything else ends: a runner that parks its job needs the control database for it. */
    void begin(@Observes @Priority(1) ShutdownEvent event) {
        if (!draining) {
            begin();
        }
    }

    private void begin() {
        synchronized (this) {
            draining = true;
        }
        running.forEach(job -> job.stop(new ParkedException()));
        awaitRunners();
    }

    private synchronized void awaitRunners() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (admitted > 0) {
                long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (left <= 0) {
                    LOG.warnf("%d jobs do not stop; the next start takes them up again", admitted);
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
