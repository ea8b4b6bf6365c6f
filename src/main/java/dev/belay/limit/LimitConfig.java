package dev.belay.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How much one caller may take. A caller is who its token says it is, and before that is known its address. */
@ConfigMapping(prefix = "belay.limits")
public interface LimitConfig {

    /** Requests a second that a caller may send for ever. */
    @WithDefault("100")
    @Min(1)
    int rate();

    /** Requests that a caller who was quiet may send at once. */
    @WithDefault("500")
    @Min(1)
    int burst();

    /** Tokens that are not good which an address may send at once; then one a second. */
    @WithDefault("20")
    @Min(1)
    int failures();

    /** Jobs of a caller that are not over, counted over all replicas. */
    @WithDefault("100")
    @Min(1)
    int jobs();

    /** Answers that are held for a caller, as wait and Prefer ask for. */
    @WithDefault("50")
    @Min(1)
    int held();

    /** Answers that are held at once; each takes a thread. */
    @WithDefault("100")
    @Min(1)
    int heldInAll();

    /** Event streams that are open to a caller. */
    @WithDefault("50")
    @Min(1)
    int streams();

    /** Event streams that are open at once. */
    @WithDefault("200")
    @Min(1)
    int streamsInAll();

    /** Bodies that are on their way from an address. */
    @WithDefault("32")
    @Min(1)
    int bodies();

    /** Bodies that are on their way at once; each takes memory. */
    @WithDefault("64")
    @Min(1)
    int bodiesInAll();

    /** How long an event stream is silent at most, so that nothing on the way takes it for dead. */
    @WithDefault("15s")
    Duration heartbeat();

    /** How long a request may take to come in. */
    @WithDefault("10s")
    Duration requestTimeout();
}
