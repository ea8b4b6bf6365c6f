package dev.belay.check;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of one check or sample.
 *
 * @param detail why it failed or was not run, and what it found; never a value of a row
 * @param millis how long it took
 */
public record CheckResult(
        @Schema(examples = "every student has a number") String name,
        Kind kind,
        State state,
        String detail,
        long millis) {

    /** What was asked. */
    @Schema(name = "CheckKind")
    public enum Kind {
        /** A query that has to return true. */
        SQL,
        /** A query that has to return no row. */
        NO_ROWS,
        /** A request to the application. */
        HTTP,
        /** The superuser's way into the application. */
        LOGIN,
        /** A look whether scripts are pending. */
        APPLIED,
        /** A row of every table and view of a schema. */
        READABLE,
        /** Statements of which the last has to be refused; they were rolled back. */
        REFUSED,
        /** Statements that have to be possible; they were rolled back. */
        SAMPLE
    }

    /** How it ended. */
    @Schema(name = "CheckState")
    public enum State {
        PASSED,
        FAILED,
        NOT_RUN
    }

    static CheckResult notRun(String name, Kind kind, String why) {
        return new CheckResult(name, kind, State.NOT_RUN, why, 0);
    }

    boolean isFailed() {
        return state == State.FAILED;
    }

    @Override
    public String toString() {
        return '"' + name + "\": " + detail;
    }
}
