package dev.belay.demo;

/** A claim of the demo turned out to be false, which ends it. */
final class NotHeldException extends RuntimeException {

    NotHeldException(Check check) {
        super(check.claim() + ": expected " + check.expected() + ", found " + check.found());
    }
}
