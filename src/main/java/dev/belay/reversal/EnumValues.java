package dev.belay.reversal;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/** Adds values to enums that lack them. */
final class EnumValues {

    private final Work work;

    EnumValues(Work work) {
        this.work = work;
    }

    void add() throws SQLException, Work.BlockedException {
        boolean added = false;
        for (SchemaObject was : work.before().all()) {
            if (was.kind() == Kind.ENUM && work.successor(was) != null) {
                added |= add(was);
            }
        }
        if (added) {
            work.reread();
        }
    }

    /** Each after the one before it, which is there by then. */
    private boolean add(SchemaObject type) throws Work.BlockedException {
        List<SchemaObject> labels = inOrder(work.before(), type);
        boolean added = false;
        for (int i = 0; i < labels.size(); i++) {
            if (work.successor(labels.get(i)) == null) {
                String place = i > 0
                        ? " AFTER " + labels.get(i - 1).name()
                        : labels.stream()
                                .filter(label -> work.successor(label) != null)
                                .findFirst()
                                .map(first -> " BEFORE " + first.name())
                                .orElse("");
                work.safe("ALTER TYPE " + work.before().nameOf(type) + " ADD VALUE "
                        + labels.get(i).name() + place);
                added = true;
            }
        }
        return added;
    }

    static List<SchemaObject> inOrder(Structure in, SchemaObject type) {
        return in.partsOf(type).stream()
                .filter(part -> part.kind() == Kind.ENUM_LABEL)
                .sorted(Comparator.comparingDouble(label -> Double.parseDouble(label.trait("place"))))
                .toList();
    }
}
