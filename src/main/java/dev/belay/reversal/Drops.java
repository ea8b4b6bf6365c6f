package dev.belay.reversal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drops what is new, and what is in the way and made again later. */
final class Drops {

    private static final String SALVAGED =
            "what applications write there is first copied to belay_salvage by an undo through Belay";
    private static final String REFILLED = "the migration fills them when it runs again; " + SALVAGED;

    private final Work work;

    Drops(Work work) {
        this.work = work;
    }

    /** New things that can be made again, and whatever of that sort uses anything new. */
    Set<SchemaObject> addedWithUsers() {
        Set<SchemaObject> found = new LinkedHashSet<>();
        work
                .now()
                .withUsers(
                        work.added(),
                        user -> user.kind().isRemade() && user.kind() != Kind.ROUTINE && !user.followsAnother())
                .stream()
                .filter(object -> object.kind().isRemade() && object.kind() != Kind.ROUTINE)
                .forEach(found::add);
        return found;
    }

    /** Drops these, users first; what goes with a new table needs no statement, unless it ties it to another one. */
    void dropRemade(Collection<SchemaObject> some) throws Work.BlockedException {
        for (SchemaObject object : usersFirst(some)) {
            boolean goesAlong = object.parent() != null
                    && isNew(object.parent())
                    && !object.trait("type").equals("f")
                    && object.kind() != Kind.STATISTICS;
            if (!goesAlong && !object.followsAnother()) {
                work.safe(Ddl.drop(work.now(), object));
            }
        }
    }

    private boolean isNew(ObjectKey key) {
        SchemaObject object = work.now().find(key);
        return object != null && work.predecessor(object) == null;
    }

    /** Drops what is new and nothing uses that stays. */
    void dropUnused() throws SQLException, Work.BlockedException {
        Set<SchemaObject> left = new LinkedHashSet<>(work.added());
        Set<ObjectKey> used = new HashSet<>();
        boolean more = true;
        while (more) {
            used.clear();
            work.now().all().stream()
                    .filter(object -> !left.contains(object) && !isPartOf(object, left))
                    .forEach(object -> used.addAll(work.now().usedBy(object)));
            more = left.removeIf(object -> used.contains(object.key()));
        }
        drop(left);
    }

    private static boolean isPartOf(SchemaObject object, Set<SchemaObject> some) {
        return some.stream().anyMatch(whole -> whole.key().equals(object.parent()));
    }

    /** Drops all that is still new. */
    void dropRest() throws SQLException, Work.BlockedException {
        drop(work.added());
    }

    private void drop(Collection<SchemaObject> some) throws SQLException, Work.BlockedException {
        Set<ObjectKey> keys = new HashSet<>();
        some.forEach(object -> keys.add(object.key()));
        Map<ObjectKey, Tally> tallies = tallies(some);
        for (SchemaObject object : usersFirst(some)) {
            boolean goesAlong = (object.parent() != null && keys.contains(object.parent()))
                    || object.followsAnother()
                    || isColumnOfView(object)
                    || (object.kind() == Kind.SEQUENCE && isOwnedByOneOf(object, keys));
            if (object.kind() == Kind.ENUM_LABEL && object.parent() != null && !isNew(object.parent())) {
                work.irreversible("PostgreSQL cannot take the value " + object.name() + " out of the enum "
                        + work.now().nameOf(work.now().parentOf(object)) + " again");
            } else if (!goesAlong && object.kind() != Kind.DEFAULT_PRIVILEGES) {
                drop(object, tallies);
            }
        }
    }

    /** The view is made again as a whole. */
    private boolean isColumnOfView(SchemaObject object) {
        return object.kind() == Kind.COLUMN
                && work.now().parentOf(object).kind().isRemade();
    }

    private boolean isOwnedByOneOf(SchemaObject sequence, Set<ObjectKey> keys) {
        return !sequence.trait("owned by").isEmpty()
                && work.now().usedBy(sequence).stream()
                        .anyMatch(key -> key.sub() > 0 && (keys.contains(key) || keys.contains(key.whole())));
    }

    /** Counted as long as all columns are there. */
    private Map<ObjectKey, Tally> tallies(Collection<SchemaObject> some) throws SQLException {
        Map<ObjectKey, Tally> tallies = new HashMap<>();
        for (SchemaObject object : some) {
            SchemaObject table = object.kind() == Kind.COLUMN ? work.now().parentOf(object) : object;
            if (table.kind() == Kind.TABLE && !tallies.containsKey(table.key())) {
                tallies.put(table.key(), work.count(table));
            }
        }
        return tallies;
    }

    private void drop(SchemaObject object, Map<ObjectKey, Tally> tallies) throws Work.BlockedException {
        String sql = Ddl.drop(work.now(), object);
        if (work.drafts()) {
            work.safe(sql, holdsValues(object) ? "what it holds goes away with it" : "");
        } else if (object.kind() == Kind.TABLE) {
            Tally tally = tallies.getOrDefault(object.key(), Tally.NONE);
            long values = work.now().partsOf(object).stream()
                    .filter(part -> part.kind() == Kind.COLUMN)
                    .mapToLong(tally::of)
                    .sum();
            run(sql, tally.of(object), values);
        } else if (object.kind() == Kind.COLUMN
                && work.now().parentOf(object).kind() == Kind.TABLE
                && object.trait("generated").isEmpty()) {
            long values = tallies.getOrDefault(object.key().whole(), Tally.NONE).of(object);
            run(sql, values, values);
        } else {
            work.safe(sql);
        }
    }

    private boolean holdsValues(SchemaObject object) {
        return object.kind() == Kind.TABLE
                || (object.kind() == Kind.COLUMN
                        && work.now().parentOf(object).kind() == Kind.TABLE
                        && object.trait("generated").isEmpty());
    }

    private void run(String sql, long rows, long values) throws Work.BlockedException {
        work.run(
                rows == 0
                        ? UndoStatement.safe(sql, "empty when the migration ends; " + SALVAGED)
                        : new UndoStatement(sql, Mark.LOSSY, REFILLED, rows, values));
    }

    private List<SchemaObject> usersFirst(Collection<SchemaObject> some) {
        List<SchemaObject> ordered = new ArrayList<>(work.now().inOrder(some));
        Collections.reverse(ordered);
        return ordered;
    }
}
