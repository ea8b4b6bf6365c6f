package dev.belay.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who callers are. */
@ConfigMapping(prefix = "belay.http")
public interface HttpConfig {

    /** The request header in which a trusted proxy in front of Belay names the caller. */
    @WithDefault("X-Forwarded-User")
    String callerHeader();
}
