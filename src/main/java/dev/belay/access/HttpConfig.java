package dev.belay.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who callers are where nobody is asked to show it. */
@ConfigMapping(prefix = "belay.http")
public interface HttpConfig {

    /** The request header in which a trusted proxy in front of Belay names the caller. */
    @WithDefault("X-Forwarded-User")
    String callerHeader();
}
