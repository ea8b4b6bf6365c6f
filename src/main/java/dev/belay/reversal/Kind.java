package dev.belay.reversal;

/** What kinds of objects there are, in the order in which they are made when nothing else decides. */
enum Kind {
    EXTENSION("EXTENSION", false),
    SCHEMA("SCHEMA", false),
    OTHER("", false),
    ENUM("TYPE", false),
    ENUM_LABEL("", false),
    COMPOSITE("TYPE", false),
    RANGE("TYPE", false),
    DOMAIN("DOMAIN", false),
    SEQUENCE("SEQUENCE", false),
    ROUTINE("ROUTINE", true),
    TABLE("TABLE", false),
    FOREIGN_TABLE("FOREIGN TABLE", false),
    COLUMN("COLUMN", false),
    DOMAIN_CONSTRAINT("CONSTRAINT", true),
    CONSTRAINT("CONSTRAINT", true),
    INDEX("INDEX", true),
    STATISTICS("STATISTICS", true),
    VIEW("VIEW", true),
    MATERIALIZED_VIEW("MATERIALIZED VIEW", true),
    RULE("RULE", true),
    TRIGGER("TRIGGER", true),
    POLICY("POLICY", true),
    EVENT_TRIGGER("EVENT TRIGGER", true),
    PUBLICATION("PUBLICATION", true),
    DEFAULT_PRIVILEGES("", false);

    private final String word;
    private final boolean remade;

    Kind(String word, boolean remade) {
        this.word = word;
        this.remade = remade;
    }

    /** What SQL calls it. */
    String word() {
        return word;
    }

    /** Whether it can be dropped and made again from its definition without losing anything. */
    boolean isRemade() {
        return remade;
    }
}
