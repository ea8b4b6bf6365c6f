package dev.belay.access;

import java.util.Set;

/** What somebody may do. Each is given for all databases, or for some by name or environment. */
public enum Role {
    /** Ask gates, nothing else: for init containers. */
    GATE(Set.of()),
    /** Read everything but who may do what. */
    VIEWER(Set.of(GATE)),
    /** Start and cancel jobs. */
    OPERATOR(Set.of(VIEWER, GATE)),
    /** Approve plans. Not part of OPERATOR, so that four eyes need two people. */
    APPROVER(Set.of(VIEWER, GATE)),
    /** Everything, tokens and the audit trail among it. */
    ADMIN(Set.of(VIEWER, GATE, OPERATOR, APPROVER));

    private final Set<Role> lesser;

    Role(Set<Role> lesser) {
        this.lesser = lesser;
    }

    boolean includes(Role other) {
        return this == other || lesser.contains(other);
    }
}
