package dev.belay.rules;

/** How much harm a hazard does where it is one; how much it does to this database, its size and times tell. */
public enum Severity {
    /** Worth a thought. */
    LOW,
    /** Blocks others for as long as rows are read or written, or breaks an application of the older version. */
    MEDIUM,
    /** Blocks everybody for as long as rows are read or written, or loses rows. */
    HIGH,
    /** Wrong at any size: a migration with it is not applied, unless a comment lets it pass. */
    BLOCKING
}
