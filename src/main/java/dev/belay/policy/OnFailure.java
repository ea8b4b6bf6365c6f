package dev.belay.policy;

/** What follows when a migration that is applied turns out not to be what was rehearsed. */
public enum OnFailure {
    /** A person looks, and decides. */
    STOP,
    /** Belay asks itself for a rollback. */
    ROLL_BACK
}
