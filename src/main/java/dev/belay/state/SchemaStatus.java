package dev.belay.state;

/** How far a database's schema has come. */
public enum SchemaStatus {
    /** Everything that the project has is applied. */
    UP_TO_DATE,
    /** The project has what the database does not have yet. */
    BEHIND,
    /** The history has a script that failed. */
    FAILED,
    /** History and project contradict each other: changed, unknown or left-out scripts. */
    DIRTY,
    /** The database could not be asked; this says nothing about its schema. */
    UNREACHABLE,
    /** The project cannot be read, or the history is not one that Belay can use. */
    INVALID;

    /** Whether somebody has to look at it: neither waiting nor a migration would mend it. */
    public boolean isTrouble() {
        return this != UP_TO_DATE && this != BEHIND;
    }
}
