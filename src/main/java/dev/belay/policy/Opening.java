package dev.belay.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * A time during which changes may be made without interruption.
 *
 * @param from the first moment
 * @param until the first moment at which it is over
 */
public record Opening(Instant from, Instant until) {

    public Opening {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("an opening lasts some time");
        }
    }

    public Duration length() {
        return Duration.between(from, until);
    }
}
