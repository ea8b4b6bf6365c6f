package dev.belay.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How audits read. */
@ConfigMapping(prefix = "belay.audits")
public interface AuditConfig {

    /** How long a table that somebody keeps locked is waited for before it is left out, and said to be. */
    @WithDefault("5s")
    Duration lockTimeout();

    /** How long one count or one question may take before it is given up, and said to be. */
    @WithDefault("10m")
    Duration statementTimeout();
}
