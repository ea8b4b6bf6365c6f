package dev.belay.job;

/** What a job has done to its database: an operator's first question when a job fails. */
public enum DatabaseState {
    /** As it was before the job. */
    UNCHANGED,
    /** All that was to be applied is applied. */
    MIGRATED,
    /** All that was to be taken back is taken back by undo scripts. */
    ROLLED_BACK,
    /** A restored backup stands under the database's name. */
    RESTORED,
    /** Its rows are gone, and with RECREATE its schema too, as was asked for. */
    EMPTIED,
    /** A masked copy of another database's backup stands under its name. */
    REFRESHED,
    /** Something in between; the job's error says what exactly is half done. */
    INDETERMINATE
}
