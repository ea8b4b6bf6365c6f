package dev.belay.stage;

/** A claim of the demo turned out to be false, which ends it. */
public final class NotHeldException extends RuntimeException {

    public NotHeldException(Check check) {
        super(check.claim() + ": expected " + check.expected() + ", found " + check.found());
    }
}
