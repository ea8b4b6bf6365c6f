package dev.belay.health;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/** Up once the control database is migrated and all else that happens at start is done. */
@Startup
@ApplicationScoped
class HasStarted implements HealthCheck {

    private static final int LAST = 10_000;

    private final Flyway control;
    private volatile @Nullable String version;

    HasStarted(Flyway control) {
        this.control = control;
    }

    void onStart(@Observes @Priority(LAST) StartupEvent event) {
        MigrationInfo current = control.info().current();
        version = current == null ? null : String.valueOf(current.getVersion());
    }

    @Override
    public HealthCheckResponse call() {
        String reached = version;
        return reached == null
                ? HealthCheckResponse.down("started")
                : HealthCheckResponse.named("started")
                        .up()
                        .withData("controlSchema", reached)
                        .build();
    }
}
