package dev.belay.audit;

/** A demand cannot be asked of the rows there are; the message says why, as a clause. */
final class UnaskableException extends Exception {

    UnaskableException(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
