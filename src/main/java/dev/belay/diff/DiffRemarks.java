package dev.belay.diff;

import dev.belay.reversal.SchemaChange;
import dev.belay.reversal.SchemaChange.What;
import dev.belay.review.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Says what a person has to know of a difference before its scripts meet rows. */
final class DiffRemarks {

    private static final String NOT_BACK =
            " The way back makes it again without them, which a rehearsal on a database with rows refuses: leave the undo"
                    + " script out then, and the way back is a restore.";

    private final List<SchemaChange> changes;
    private final List<Remark> remarks = new ArrayList<>();

    DiffRemarks(List<SchemaChange> changes) {
        this.changes = List.copyOf(changes);
    }

    List<Remark> find() {
        for (SchemaChange change : changes) {
            switch (change.what()) {
                case ADDED -> added(change);
                case DROPPED -> dropped(change);
                case CHANGED -> changed(change);
            }
        }
        return remarks;
    }

    private void added(SchemaChange change) {
        if (change.needsValue()) {
            remarks.add(Remark.look(
                    change.fullName(),
                    "A new column that takes no NULL and has no default. Rows that are there need a value: the script has a"
                            + " place for an UPDATE, and fails without one when there are rows."));
        } else if (List.of(
                                "foreign key",
                                "unique constraint",
                                "primary key",
                                "check constraint",
                                "exclusion constraint")
                        .contains(change.type())
                && !isNew(change.of())) {
            remarks.add(Remark.look(
                    change.of() + ": " + change.name(),
                    "A new " + change.type() + " on a table that is there. Rows that break it make the script fail; the"
                            + " audit of a migration counts them."));
        } else if (change.type().equals("enum value")) {
            remarks.add(Remark.look(
                    change.of() + ": " + change.name(),
                    "The way back makes the enum anew without this value, with every table that uses it, and fails as long"
                            + " as a row has it."));
        }
    }

    private boolean isNew(@org.jspecify.annotations.Nullable String table) {
        return changes.stream()
                .anyMatch(change ->
                        change.is(What.ADDED, "table") && change.name().equals(table));
    }

    private void dropped(SchemaChange change) {
        if (change.type().equals("table")) {
            remarks.add(Remark.loss(change.name(), "The table is dropped with all its rows." + NOT_BACK));
            changes.stream()
                    .filter(other -> other.is(What.ADDED, "table")
                            && columns(other.name()).equals(columns(change.name()))
                            && !columns(change.name()).isEmpty())
                    .forEach(other -> mayBeRename(
                            change.name(),
                            other.name(),
                            "{\"table\": \"" + change.name() + "\", \"to\": \"" + other.name() + "\"}"));
        } else if (change.type().equals("column") && !isGone(change.of()) && !isGenerated(change)) {
            remarks.add(Remark.loss(change.fullName(), "The column is dropped with all its values." + NOT_BACK));
            changes.stream()
                    .filter(other -> other.is(What.ADDED, "column")
                            && Objects.equals(other.of(), change.of())
                            && Objects.equals(other.dataType(), change.dataType()))
                    .forEach(other -> mayBeRename(
                            change.fullName(),
                            other.fullName(),
                            "{\"table\": \"" + change.of() + "\", \"column\": \"" + change.name() + "\", \"to\": \""
                                    + other.name() + "\"}"));
        } else if (change.type().equals("sequence")) {
            remarks.add(
                    Remark.loss(change.name(), "Where the sequence stands is not known any more once it is dropped."));
        } else if (change.type().equals("enum value")) {
            remarks.add(Remark.look(
                    change.of() + ": " + change.name(),
                    "The enum is made anew without this value, with every table that uses it; the script fails as long as"
                            + " a row has it."));
        }
    }

    private void mayBeRename(String from, String to, String rename) {
        remarks.add(Remark.look(
                from,
                "It may have become " + to + ", which is shaped alike. If so, ask again with this in renames, without"
                        + " quotes inside of names: " + rename + "."));
    }

    private boolean isGone(@org.jspecify.annotations.Nullable String table) {
        return changes.stream()
                .anyMatch(change ->
                        change.is(What.DROPPED, "table") && change.name().equals(table));
    }

    private static boolean isGenerated(SchemaChange column) {
        return String.valueOf(column.definition()).contains(" GENERATED ALWAYS AS (");
    }

    private List<String> columns(String table) {
        return changes.stream()
                .filter(change -> change.type().equals("column") && table.equals(change.of()))
                .map(change -> change.name() + " " + change.dataType())
                .sorted()
                .toList();
    }

    private void changed(SchemaChange change) {
        if (!change.type().equals("column")) {
            return;
        }
        for (SchemaChange.Trait trait : change.traits()) {
            if (trait.name().equals("type")) {
                remarks.add(Remark.look(
                        change.fullName(),
                        "The type changes from " + trait.from() + " to " + trait.to()
                                + ". A value that does not fit makes"
                                + " the script, or the way back, fail; nothing is cut or rounded silently."));
            } else if (trait.name().equals("not null") && trait.to().equals("true")) {
                remarks.add(
                        Remark.look(
                                change.fullName(),
                                "The column takes no NULL any more. Rows without a value make the script fail: fill them before."));
            }
        }
    }
}
