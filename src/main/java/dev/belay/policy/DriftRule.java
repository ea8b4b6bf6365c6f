package dev.belay.policy;

/** What it means that a schema is no longer the one that Belay's last migration left. */
public enum DriftRule {
    /** It is told. */
    WARN,
    /** Nothing is applied until somebody has looked at it. */
    BLOCK
}
