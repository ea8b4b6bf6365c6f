package dev.belay.policy;

/** How much is at stake in a migration, from little to too much. */
public enum RiskLevel {
    LOW,
    MEDIUM,
    HIGH,
    /** Must not be applied, whatever the policy. */
    BLOCKED
}
