package dev.belay.job;

/**
 * Where a job is. AWAITING_APPROVAL is one that goes on once somebody approves it, SCHEDULED one that goes on by itself at a
 * time that is known, CANCELLING a running one that was asked to stop and has not yet.
 */
public enum JobState {
    QUEUED,
    RUNNING,
    AWAITING_APPROVAL,
    SCHEDULED,
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** Whether it has begun but nobody works on it, so that other jobs of its database go first. */
    public boolean isWaiting() {
        return this == AWAITING_APPROVAL || this == SCHEDULED;
    }
}
