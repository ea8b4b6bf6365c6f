package dev.belay.reversal;

import java.util.Locale;
import java.util.stream.Collectors;

/** Objects in words for a person. */
final class Described {

    private Described() {}

    static String type(SchemaObject object) {
        return switch (object.kind()) {
            case CONSTRAINT ->
                switch (object.trait("type")) {
                    case "f" -> "foreign key";
                    case "p" -> "primary key";
                    case "u" -> "unique constraint";
                    case "x" -> "exclusion constraint";
                    default -> "check constraint";
                };
            case ROUTINE -> object.trait("def").startsWith("CREATE OR REPLACE PROCEDURE") ? "procedure" : "function";
            case ENUM -> "enum";
            case ENUM_LABEL -> "enum value";
            case COMPOSITE -> "composite type";
            case RANGE -> "range type";
            case OTHER -> "object";
            default -> object.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** What it is called in a report. */
    static String word(String trait) {
        return switch (trait) {
            case "def" -> "definition";
            case "acl" -> "privileges";
            default -> trait;
        };
    }

    /** Empty when its name says all. */
    static String definition(Structure in, SchemaObject object) {
        return switch (object.kind()) {
            case COLUMN -> Tables.column(object).substring(object.name().length() + 1);
            case ENUM -> Unalterable.labels(in, object).stream().collect(Collectors.joining(", "));
            case DOMAIN -> object.trait("base");
            case SEQUENCE -> object.trait("parameters");
            case TABLE ->
                object.trait("partition key").isEmpty()
                        ? object.trait("bound")
                        : "PARTITION BY " + object.trait("partition key");
            case EXTENSION -> "version " + object.trait("version");
            case ENUM_LABEL, SCHEMA, OTHER, DEFAULT_PRIVILEGES -> "";
            default -> object.trait("def").strip();
        };
    }
}
