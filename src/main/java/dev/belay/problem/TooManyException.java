package dev.belay.problem;

import java.time.Duration;

/** Thrown when a caller asks for more than there is for it; nothing was done, and later there will be room again. */
public class TooManyException extends ProblemException {

    private final long retryAfterSeconds;

    /**
     * @param what what is over which limit, as a sentence
     * @param wait when to come again, rounded up to whole seconds
     */
    public TooManyException(String what, Duration wait) {
        this(what, Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
    }

    private TooManyException(String what, long seconds) {
        super(ProblemType.TOO_MANY_REQUESTS, what + " Nothing was done. Send it again in " + seconds + " s.");
        this.retryAfterSeconds = seconds;
    }

    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
