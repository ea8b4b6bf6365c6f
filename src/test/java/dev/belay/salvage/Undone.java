package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.undo.UndoneCopy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds a database after an undo against itself before: what stayed is unchanged, what went is in belay_salvage. */
final class Undone {

    private final Contents before;
    private final Contents after;
    private final List<String> faults = new ArrayList<>();

    private Undone(Contents before, Contents after) {
        this.before = before;
        this.after = after;
    }

    static List<String> faults(Contents before, DatabaseAddress undone, Map<String, UndoneCopy.Kept> kept)
            throws SQLException {
        Undone check = new Undone(before, Contents.read(undone));
        try (Session session = new Session(undone)) {
            for (Shape.Table table : before.shape().tables()) {
                check.table(session, table, kept);
            }
        }
        return check.faults;
    }

    /** An audit table may have rows more: of what the undo script itself updated, by a trigger. */
    private boolean hasChanged(Shape.Table table, List<String> columns, Map<List<String>, Integer> found) {
        Map<List<String>, Integer> had = Contents.counted(before.of(table), columns);
        boolean isAudit = columns.equals(List.of("id", "what", "at"));
        return isAudit ? !Contents.more(had, found).isEmpty() : !had.equals(found);
    }

    private void table(Session session, Shape.Table table, Map<String, UndoneCopy.Kept> kept) throws SQLException {
        Optional<Shape.Table> now = after.shape().table(table.oid());
        List<String> stayed = new ArrayList<>();
        List<String> stayedAs = new ArrayList<>();
        Set<String> gone = new HashSet<>();
        for (Shape.Column column : table.writable()) {
            Optional<Shape.Column> same = now.flatMap(found -> found.column(each -> each.attnum() == column.attnum()));
            if (same.isEmpty()) {
                gone.add(column.name());
            } else if (same.get().type().equals(column.type())) {
                stayed.add(column.name());
                stayedAs.add(same.get().name());
            }
        }
        if (now.isPresent() && hasChanged(table, stayed, Contents.counted(after.of(now.get()), stayedAs))) {
            faults.add("undo changed " + table.quoted() + " in " + stayed + " from " + before.of(table) + " to "
                    + after.of(now.get()));
        }
        if (!gone.isEmpty() && !before.of(table).isEmpty()) {
            salvaged(session, table, gone, kept);
        }
    }

    private void salvaged(Session session, Shape.Table table, Set<String> gone, Map<String, UndoneCopy.Kept> kept)
            throws SQLException {
        for (Map.Entry<String, UndoneCopy.Kept> entry : kept.entrySet()) {
            UndoneCopy.Kept loss = entry.getValue();
            if (loss.schema().equals(table.schema()) && loss.table().equals(table.name())) {
                Set<String> columns = new HashSet<>(gone);
                if (table.primary()) {
                    columns.addAll(Contents.names(table.key()));
                }
                List<String> all = List.copyOf(columns);
                List<Contents.Row> copied = Contents.rows(session, entry.getKey(), all);
                if (Contents.counted(copied, all).equals(Contents.counted(before.of(table), all))) {
                    return;
                }
                faults.add("undo kept " + copied + " of " + table.quoted() + ", which had " + before.of(table));
                return;
            }
        }
        faults.add("undo took " + gone + " of " + table.quoted() + " and kept nothing of it: " + quote(table.name())
                + " is not among " + kept.values());
    }
}
