package dev.belay.access;

/** What somebody may do. Each is given for all databases, or for some by name or environment. */
public enum Role {
    /** Ask gates, nothing else: for init containers. */
    GATE,
    /** Read everything but who may do what. */
    VIEWER,
    /** Start and cancel jobs. */
    OPERATOR,
    /** Approve plans. Not part of OPERATOR, so that four eyes need two people. */
    APPROVER,
    /** Everything, tokens and the audit trail among it. */
    ADMIN;

    boolean includes(Role other) {
        return switch (this) {
            case ADMIN -> true;
            case OPERATOR, APPROVER -> other == this || VIEWER.includes(other);
            case VIEWER -> other == VIEWER || other == GATE;
            case GATE -> other == GATE;
        };
    }
}
