package dev.belay.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a job waits for, with nobody working on it.
 *
 * @param state a waiting one
 * @param wakeAt when it is taken up again by itself; null when only a decision lets it go on
 * @param detail one line for a person
 */
public record Waiting(JobState state, @Nullable Instant wakeAt, String detail) {

    public Waiting {
        if (!state.isWaiting() || (state == JobState.SCHEDULED && wakeAt == null)) {
            throw new IllegalArgumentException("a job does not wait as " + state + " until " + wakeAt);
        }
    }
}
