package dev.belay.reversal;

/** Statements for one object. */
final class Ddl {

    private Ddl() {}

    static String drop(Structure in, SchemaObject object) {
        return switch (object.kind()) {
            case COLUMN ->
                alterWhole(in, object)
                        + (isAttribute(in, object) ? " DROP ATTRIBUTE " : " DROP COLUMN ")
                        + object.name();
            case CONSTRAINT, DOMAIN_CONSTRAINT -> alterWhole(in, object) + " DROP CONSTRAINT " + object.name();
            case OTHER -> "DROP " + identity(object);
            default -> "DROP " + object.kind().word() + " " + in.nameOf(object);
        };
    }

    /** ALTER of the table, view or type that something belongs to. */
    static String alterWhole(Structure in, SchemaObject part) {
        return alter(in, in.parentOf(part));
    }

    static String alter(Structure in, SchemaObject object) {
        return "ALTER " + object.kind().word() + " " + in.nameOf(object);
    }

    static boolean isAttribute(Structure in, SchemaObject column) {
        return in.parentOf(column).kind() == Kind.COMPOSITE;
    }

    /** PostgreSQL names a user mapping otherwise than it drops one. */
    private static String identity(SchemaObject other) {
        return other.trait("identity");
    }

    static String rename(Structure in, SchemaObject object, String name) {
        String to = " TO " + name;
        return switch (object.kind()) {
            case COLUMN ->
                alterWhole(in, object)
                        + (isAttribute(in, object) ? " RENAME ATTRIBUTE " : " RENAME COLUMN ")
                        + object.name()
                        + to;
            case CONSTRAINT, DOMAIN_CONSTRAINT -> alterWhole(in, object) + " RENAME CONSTRAINT " + object.name() + to;
            case ENUM_LABEL -> alterWhole(in, object) + " RENAME VALUE " + object.name() + to;
            case TRIGGER, RULE, POLICY -> alter(in, object) + " RENAME" + to;
            default -> alter(in, object) + " RENAME" + to;
        };
    }

    /** What makes an object that was there before; its table or type is there already. */
    static String create(Structure before, SchemaObject object) {
        String name = before.nameOf(object);
        String def = object.trait("def").strip();
        return switch (object.kind()) {
            case SCHEMA -> "CREATE SCHEMA " + name;
            case EXTENSION ->
                "CREATE EXTENSION " + name + " WITH SCHEMA " + object.trait("in schema") + " VERSION '"
                        + object.trait("version") + "'";
            case TABLE -> Tables.create(before, object);
            case COLUMN -> Tables.addColumn(before, object);
            case SEQUENCE -> "CREATE SEQUENCE " + name + " " + object.trait("parameters");
            case ENUM, DOMAIN, COMPOSITE, RANGE -> Types.create(before, object);
            case CONSTRAINT, DOMAIN_CONSTRAINT ->
                alterWhole(before, object) + " ADD CONSTRAINT " + object.name() + " " + def;
            case VIEW -> "CREATE VIEW " + name + " AS\n" + withoutSemicolon(def);
            case MATERIALIZED_VIEW ->
                "CREATE MATERIALIZED VIEW " + name + " AS\n" + withoutSemicolon(def)
                        + (object.is("populated") ? "" : "\nWITH NO DATA");
            case POLICY, EVENT_TRIGGER, PUBLICATION -> "CREATE " + object.kind().word() + " " + name + " " + def;
            // of a partitioned table: with ONLY it would stay invalid until each partition's is attached
            case INDEX -> withoutSemicolon(def).replaceFirst(" ON ONLY ", " ON ");
            default -> withoutSemicolon(def);
        };
    }

    static String withoutSemicolon(String def) {
        String stripped = def.strip();
        return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }
}
