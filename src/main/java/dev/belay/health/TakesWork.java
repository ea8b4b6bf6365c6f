package dev.belay.health;

import dev.belay.run.Drain;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down while the service ends in order. */
@Readiness
class TakesWork implements HealthCheck {

    private final Drain drain;

    TakesWork(Drain drain) {
        this.drain = drain;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("takes work")
                .status(!drain.isDraining())
                .build();
    }
}
