package dev.belay.health;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.flywaydb.core.Flyway;

/** Up once the control database is migrated and all else that happens at start is done. */
@Startup
@ApplicationScoped
class HasStarted implements HealthCheck {

    private static final int LAST = 10_000;

    private final Flyway control;
    private volatile boolean hasStarted;

    HasStarted(Flyway control) {
        this.control = control;
    }

    void onStart(@Observes @Priority(LAST) StartupEvent event) {
        hasStarted = control.info().current() != null;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("started").status(hasStarted).build();
    }
}
