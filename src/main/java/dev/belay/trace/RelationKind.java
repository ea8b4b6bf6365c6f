package dev.belay.trace;

/** What can be locked: {@code pg_class.relkind} in words. */
public enum RelationKind {
    TABLE,
    PARTITIONED_TABLE,
    INDEX,
    SEQUENCE,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN_TABLE,
    OTHER;

    static RelationKind of(String relkind) {
        return switch (relkind) {
            case "r" -> TABLE;
            case "p" -> PARTITIONED_TABLE;
            case "i", "I" -> INDEX;
            case "S" -> SEQUENCE;
            case "v" -> VIEW;
            case "m" -> MATERIALIZED_VIEW;
            case "f" -> FOREIGN_TABLE;
            default -> OTHER;
        };
    }
}
