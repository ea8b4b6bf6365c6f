package dev.belay.reversal;

import java.util.List;
import java.util.function.Predicate;

/** Makes what is gone again, what is used first. */
final class Creations {

    private final Work work;
    private final Names names;

    Creations(Work work, Names names) {
        this.work = work;
        this.names = names;
    }

    void create(Predicate<SchemaObject> which) throws Work.BlockedException {
        List<SchemaObject> gone = work.gone().stream()
                .filter(which)
                .filter(object -> !comesWithAnother(object))
                .toList();
        for (SchemaObject object : work.before().inOrder(gone)) {
            names.free(object, object.schemaOid(), object.name());
            create(object);
        }
    }

    private boolean comesWithAnother(SchemaObject object) {
        if (object.followsAnother() || object.kind() == Kind.DEFAULT_PRIVILEGES) {
            return true;
        }
        if (object.kind() != Kind.COLUMN) {
            return false;
        }
        SchemaObject whole = work.before().parentOf(object);
        return whole.kind().isRemade() || work.successor(whole) == null;
    }

    private void create(SchemaObject object) throws Work.BlockedException {
        String name = work.before().nameOf(object);
        Tally tally = work.before().tally();
        switch (object.kind()) {
            case TABLE -> make(object, "the rows that were in " + name + " are gone", tally.of(object), values(object));
            case COLUMN -> {
                if (work.drafts() && Tables.isWithoutValue(object) && !Ddl.isAttribute(work.before(), object)) {
                    addInTwo(object);
                    return;
                }
                make(
                        object,
                        "the values that were in " + name + " are gone",
                        tally.of(work.before().parentOf(object)),
                        tally.of(object));
            }
            case SEQUENCE -> sequence(object, name);
            case OTHER, FOREIGN_TABLE ->
                work.irreversible(
                        work.said(name + " was dropped and cannot be made again from here", unwritable(object, name)));
            case ROUTINE -> {
                if (object.is("aggregate")) {
                    work.irreversible(work.said(
                            "the aggregate " + name + " was dropped", unwritable(object, "the aggregate " + name)));
                } else {
                    work.safe(Ddl.create(work.before(), object));
                }
            }
            case CONSTRAINT, DOMAIN_CONSTRAINT ->
                work.safe(
                        Ddl.create(work.before(), object),
                        work.said(
                                "rows written since that break it make the undo fail; nothing is lost by that",
                                isOnNew(object)
                                        ? ""
                                        : "rows that break it make this script fail; nothing is lost by that"));
            default -> work.safe(Ddl.create(work.before(), object));
        }
    }

    private static String unwritable(SchemaObject object, String name) {
        String what = object.kind() == Kind.OTHER ? object.trait("identity") : name;
        return what + " has to be made, and Belay does not write that";
    }

    private boolean isOnNew(SchemaObject object) {
        ObjectKey parent = object.parent();
        return parent != null && Pairing.isFresh(parent);
    }

    /** So that whoever reads the script sees where rows that are there have to get a value. */
    private void addInTwo(SchemaObject column) throws Work.BlockedException {
        work.safe(Ddl.alterWhole(work.before(), column) + " ADD COLUMN " + column.name() + " " + Tables.typeOf(column));
        work.safe(
                Ddl.alterWhole(work.before(), column) + " ALTER COLUMN " + column.name() + " SET NOT NULL",
                "rows that are there have no value in it yet: give them one by an UPDATE before this statement, which"
                        + " fails otherwise, and nothing is changed then");
    }

    private long values(SchemaObject table) {
        return work.before().partsOf(table).stream()
                .filter(part -> part.kind() == Kind.COLUMN)
                .mapToLong(work.before().tally()::of)
                .sum();
    }

    private void make(SchemaObject object, String loss, long rows, long values) throws Work.BlockedException {
        String sql = Ddl.create(work.before(), object);
        boolean isLost = object.kind() == Kind.TABLE ? rows > 0 : values > 0;
        if (isLost && object.is("not null")) {
            work.irreversible(loss + " (" + values + " values)");
        } else {
            work.run(
                    isLost
                            ? new UndoStatement(
                                    sql,
                                    Mark.IRREVERSIBLE,
                                    loss + " (" + (object.kind() == Kind.TABLE ? rows + " rows" : values + " values")
                                            + ")",
                                    rows,
                                    values)
                            : UndoStatement.safe(sql));
        }
    }

    private void sequence(SchemaObject sequence, String name) throws Work.BlockedException {
        if (!work.drafts() && sequence.trait("owned by").isEmpty()) {
            work.irreversible("the sequence " + name + " was dropped, and where it stood is not known any more");
        } else {
            work.safe(Ddl.create(work.before(), sequence));
        }
    }
}
