package dev.belay.limit;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Whether the service has been told to end. It still answers then, so that nobody's answer is cut off, but it holds none any
 * longer: callers ask again, and meet another replica.
 */
@ApplicationScoped
class Closing {

    private volatile boolean begun;

    void begin(@Observes @Priority(1) ShutdownDelayInitiatedEvent event) {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }
}
