package dev.belay.access;

/** Where a token comes from. */
enum TokenOrigin {
    /** Belay's first start. */
    BOOTSTRAP,
    /** The file of belay.access.admin-token-file. */
    CONFIGURATION,
    /** An admin's request. */
    REQUEST
}
