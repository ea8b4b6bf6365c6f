package dev.belay.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who callers are, and what is sent to them. */
@ConfigMapping(prefix = "belay.http")
public interface HttpConfig {

    /** The request header in which a trusted proxy in front of Belay names the caller. */
    @WithDefault("X-Forwarded-User")
    String callerHeader();

    /** How long an event stream is silent at most, so that nothing on the way takes it for dead. */
    @WithDefault("15s")
    Duration heartbeat();
}
