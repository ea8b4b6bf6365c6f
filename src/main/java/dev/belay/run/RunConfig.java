package dev.belay.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How jobs are run. */
@ConfigMapping(prefix = "belay.jobs")
public interface RunConfig {

    /** How long a job waits for a server that cannot be reached before it fails. */
    @WithDefault("90s")
    Duration reachTimeout();

    /** How long a job waits for another runner's hold on its database to end before it fails. */
    @WithDefault("2m")
    Duration holdTimeout();

    /** How often a job is taken up again after its runner died before it is given up. */
    @WithDefault("5")
    int maxAttempts();
}
