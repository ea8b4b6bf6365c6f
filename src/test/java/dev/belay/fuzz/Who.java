package dev.belay.fuzz;

/** Who sends a request. */
enum Who {
    /** An admin, whom nothing but the request itself stops. */
    ADMIN,
    /** Nobody, or somebody with a token that is none. */
    NOBODY,
    /** A pod that may ask the gate of another database and nothing else. */
    GATE_ELSEWHERE,
    /** Somebody who may look at another database. */
    VIEWER_ELSEWHERE
}
