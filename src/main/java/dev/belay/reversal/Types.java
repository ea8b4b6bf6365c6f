package dev.belay.reversal;

import java.util.Comparator;
import java.util.stream.Collectors;

/** Makes types of their own. */
final class Types {

    private Types() {}

    static String create(Structure before, SchemaObject type) {
        String name = before.nameOf(type);
        return switch (type.kind()) {
            case ENUM ->
                "CREATE TYPE " + name + " AS ENUM ("
                        + before.partsOf(type).stream()
                                .sorted(Comparator.comparingDouble(label -> Double.parseDouble(label.trait("place"))))
                                .map(SchemaObject::name)
                                .collect(Collectors.joining(", "))
                        + ")";
            case COMPOSITE ->
                "CREATE TYPE " + name + " AS ("
                        + before.partsOf(type).stream()
                                .map(column -> column.name() + " " + Tables.typeOf(column))
                                .collect(Collectors.joining(", "))
                        + ")";
            case RANGE -> "CREATE TYPE " + name + " AS RANGE (" + type.trait("range") + ")";
            default ->
                "CREATE DOMAIN " + name + " AS " + type.trait("base") + prefixed(" COLLATE ", type.trait("collation"))
                        + prefixed(" DEFAULT ", type.trait("default")) + (type.is("not null") ? " NOT NULL" : "");
        };
    }

    private static String prefixed(String prefix, String text) {
        return text.isEmpty() ? "" : prefix + text;
    }
}
