package dev.belay.reversal;

import java.util.Iterator;
import java.util.List;

/** Parts pairs of which no ALTER makes the one the other: it is made anew, and the old one goes. */
final class Unalterable {

    private final Pairing pairing;
    private final Pairing.Enums enums;

    Unalterable(Pairing pairing, Pairing.Enums enums) {
        this.pairing = pairing;
        this.enums = enums;
    }

    void part() {
        for (SchemaObject is : pairing.live().all()) {
            SchemaObject to = is.kind() == Kind.COLUMN ? null : pairing.wantedOf(is);
            if (to != null && !isAlterable(is, to)) {
                pairing.part(is);
            }
        }
    }

    void partColumns() {
        for (SchemaObject is : pairing.live().all()) {
            SchemaObject to = is.kind() == Kind.COLUMN ? pairing.wantedOf(is) : null;
            if (to != null
                    && (!is.same("generated", to) || isMadeOfRetyped(is))
                    && !pairing.live().parentOf(is).kind().isRemade()) {
                pairing.part(is);
            }
        }
    }

    /** PostgreSQL changes no type of a column that another is generated from. */
    private boolean isMadeOfRetyped(SchemaObject is) {
        if (is.trait("generated").isEmpty()) {
            return false;
        }
        return pairing.live().usedBy(is).stream()
                .map(pairing.live()::find)
                .anyMatch(used -> used != null && used.kind() == Kind.COLUMN && isRetyped(used));
    }

    private boolean isRetyped(SchemaObject column) {
        SchemaObject to = pairing.wantedOf(column);
        return to != null
                && (!(column.same("type", to) && column.same("collation", to))
                        || pairing.live().usedBy(column).stream()
                                .map(pairing.live()::find)
                                .anyMatch(type -> type != null && isType(type) && pairing.wantedOf(type) == null));
    }

    private static boolean isType(SchemaObject object) {
        return switch (object.kind()) {
            case ENUM, DOMAIN, COMPOSITE, RANGE -> true;
            default -> false;
        };
    }

    private boolean isAlterable(SchemaObject is, SchemaObject to) {
        return switch (is.kind()) {
            case ENUM -> isAlterable(labels(pairing.live(), is), labels(pairing.target(), to), enums);
            case DOMAIN -> is.same("base", to) && is.same("collation", to);
            case RANGE -> is.same("range", to);
            case FOREIGN_TABLE -> is.same("def", to);
            case TABLE -> is.same("partition key", to);
            default -> true;
        };
    }

    static List<String> labels(Structure in, SchemaObject type) {
        return EnumValues.inOrder(in, type).stream().map(SchemaObject::name).toList();
    }

    static boolean isAlterable(List<String> from, List<String> to, Pairing.Enums enums) {
        return from.equals(to) || (enums == Pairing.Enums.EXTEND && isContained(from, to));
    }

    /** In the same order. */
    private static boolean isContained(List<String> some, List<String> all) {
        Iterator<String> left = some.iterator();
        String next = left.hasNext() ? left.next() : null;
        for (String one : all) {
            if (one.equals(next)) {
                next = left.hasNext() ? left.next() : null;
            }
        }
        return next == null;
    }
}
