package dev.belay.migration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How scripts are run on managed databases. */
@ConfigMapping(prefix = "belay.migrations")
public interface MigrationConfig {

    /** How long a statement waits for a lock; applications queue behind it for no longer than this. */
    @WithDefault("1s")
    Duration lockTimeout();

    /** How often a script is tried when it cannot have a lock in time. */
    @WithDefault("10")
    int lockAttempts();

    /** The longest pause between two tries; the first is about a second, and each is about twice the one before. */
    @WithDefault("30s")
    Duration longestPause();
}
