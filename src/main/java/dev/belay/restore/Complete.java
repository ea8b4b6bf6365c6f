package dev.belay.restore;

/**
 * Whether everything was carried while applications were kept out, so that only the names are left to change. Once it is, the
 * job cannot be cancelled, and a restart completes it.
 *
 * @param outageBeganMillis when applications began to be kept out, in milliseconds since 1970; 0 when it is not complete
 */
record Complete(long outageBeganMillis) {

    static final Complete NOT_YET = new Complete(0);
}
