package dev.belay.job;

/** Where a step of a job is. */
public enum StepState {
    PENDING,
    RUNNING,
    /** It has looked, and is run again when what the job waits for has come. */
    WAITING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    SKIPPED
}
