package dev.belay.trace;

import dev.belay.trace.Change.Kind;
import dev.belay.trace.Change.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What lies between two snapshots. What goes with a relation that came or went as a whole is not told on its own. */
final class Changes {

    private final Snapshot before;
    private final Snapshot after;
    private final Set<Long> young;
    private final List<Change> found = new ArrayList<>();

    private Changes(Snapshot before, Snapshot after, Set<Long> young) {
        this.before = before;
        this.after = after;
        this.young = young;
    }

    /** @param young the relations that the same transaction made before or makes now */
    static List<Change> between(Snapshot before, Snapshot after, Set<Long> young) {
        Changes changes = new Changes(before, after, young);
        changes.relations();
        changes.columns();
        changes.constraints();
        changes.triggers();
        changes.types();
        return List.copyOf(changes.found);
    }

    private void relations() {
        for (long oid : differing(before.relations(), after.relations())) {
            Snapshot.Relation was = before.relations().get(oid);
            Snapshot.Relation is = after.relations().get(oid);
            if (was == null && is != null) {
                created(is);
            } else if (was != null && is == null) {
                dropped(was);
            } else if (was != null && is != null && !was.name().equals(is.name())) {
                add(Kind.RELATION_RENAMED, oid, new Told(null, was.name(), is.name()), EnumSet.of(was.trait()));
            }
        }
    }

    private void created(Snapshot.Relation relation) {
        if (!relation.isIndex()) {
            add(
                    Kind.RELATION_CREATED,
                    relation.oid(),
                    new Told(null, null, relation.name()),
                    EnumSet.of(relation.trait()));
        } else if (before.relations().containsKey(relation.table()) && !isNewConstraintsIndex(relation.oid())) {
            EnumSet<Trait> traits = EnumSet.of(Trait.INDEX);
            if (relation.definition().startsWith("CREATE UNIQUE")) {
                traits.add(Trait.UNIQUE);
            }
            add(Kind.INDEX_CREATED, relation.table(), new Told(relation.name(), null, relation.definition()), traits);
        }
    }

    private void dropped(Snapshot.Relation relation) {
        if (!relation.isIndex()) {
            add(
                    Kind.RELATION_DROPPED,
                    relation.oid(),
                    new Told(null, relation.name(), null),
                    EnumSet.of(relation.trait()));
        } else if (after.relations().containsKey(relation.table())) {
            add(
                    Kind.INDEX_DROPPED,
                    relation.table(),
                    new Told(relation.name(), relation.definition(), null),
                    EnumSet.of(Trait.INDEX));
        }
    }

    private boolean isNewConstraintsIndex(long index) {
        return after.constraints().entrySet().stream()
                .anyMatch(entry -> entry.getValue().index() == index
                        && !entry.getValue().type().equals("f")
                        && !before.constraints().containsKey(entry.getKey()));
    }

    private void columns() {
        Set<Snapshot.ColumnKey> keys = new HashSet<>(before.columns().keySet());
        keys.addAll(after.columns().keySet());
        keys.stream()
                .filter(key -> !Objects.equals(
                        before.columns().get(key), after.columns().get(key)))
                .filter(key -> before.relations().containsKey(key.relation())
                        && after.relations().containsKey(key.relation()))
                .sorted(Comparator.comparingLong(Snapshot.ColumnKey::relation)
                        .thenComparingInt(Snapshot.ColumnKey::attnum))
                .forEach(this::column);
    }

    private void column(Snapshot.ColumnKey key) {
        Snapshot.Column was = before.columns().get(key);
        Snapshot.Column is = after.columns().get(key);
        if (was == null && is != null) {
            add(Kind.COLUMN_ADDED, key.relation(), new Told(is.name(), null, is.type()), traits(is));
        } else if (was != null && is == null) {
            add(Kind.COLUMN_DROPPED, key.relation(), new Told(was.name(), was.type(), null), traits(was));
        } else if (was != null && is != null && !was.equals(is)) {
            changed(key.relation(), was, is);
        }
    }

    private void changed(long relation, Snapshot.Column was, Snapshot.Column is) {
        Consumer<Kind> nullable = kind -> add(kind, relation, new Told(is.name(), null, is.type()), traits(is));
        if (!was.name().equals(is.name())) {
            add(Kind.COLUMN_RENAMED, relation, new Told(was.name(), was.name(), is.name()), traits(is));
        }
        if (!was.type().equals(is.type())) {
            add(Kind.COLUMN_TYPE_CHANGED, relation, new Told(is.name(), was.type(), is.type()), traits(is));
        }
        if (was.notNull() != is.notNull()) {
            nullable.accept(is.notNull() ? Kind.COLUMN_MADE_NOT_NULL : Kind.COLUMN_MADE_NULLABLE);
        }
        if (!Objects.equals(was.defaultValue(), is.defaultValue())) {
            add(
                    Kind.COLUMN_DEFAULT_CHANGED,
                    relation,
                    new Told(is.name(), was.defaultValue(), is.defaultValue()),
                    traits(is));
        }
    }

    private static EnumSet<Trait> traits(Snapshot.Column column) {
        EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);
        if (column.notNull()) {
            traits.add(Trait.NOT_NULL);
        }
        if (column.generated()) {
            traits.add(Trait.GENERATED);
        } else if (column.defaultValue() != null) {
            traits.add(Trait.DEFAULT);
        }
        if (column.identity()) {
            traits.add(Trait.IDENTITY);
        }
        return traits;
    }

    private void constraints() {
        for (long oid : differing(before.constraints(), after.constraints())) {
            Snapshot.Constraint was = before.constraints().get(oid);
            Snapshot.Constraint is = after.constraints().get(oid);
            if (was == null && is != null) {
                if (before.relations().containsKey(is.relation()) || is.type().equals("f")) {
                    add(Kind.CONSTRAINT_ADDED, is.relation(), new Told(is.name(), null, is.definition()), traits(is));
                }
            } else if (was != null && is == null) {
                if (after.relations().containsKey(was.relation())) {
                    add(
                            Kind.CONSTRAINT_DROPPED,
                            was.relation(),
                            new Told(was.name(), was.definition(), null),
                            traits(was));
                }
            } else if (was != null && is != null && !was.validated() && is.validated()) {
                add(Kind.CONSTRAINT_VALIDATED, is.relation(), new Told(is.name(), null, is.definition()), traits(is));
            }
        }
    }

    private EnumSet<Trait> traits(Snapshot.Constraint constraint) {
        EnumSet<Trait> traits = EnumSet.of(constraint.trait());
        if (!constraint.validated()) {
            traits.add(Trait.NOT_VALID);
        }
        if (!constraint.type().equals("f") && before.relations().containsKey(constraint.index())) {
            traits.add(Trait.FROM_INDEX);
        }
        return traits;
    }

    private void triggers() {
        for (long oid : differing(before.triggers(), after.triggers())) {
            Snapshot.Trigger was = before.triggers().get(oid);
            Snapshot.Trigger is = after.triggers().get(oid);
            if (was == null && is != null) {
                add(Kind.TRIGGER_CREATED, is.relation(), new Told(is.name(), null, is.definition()), Set.of());
            } else if (was != null && is == null && after.relations().containsKey(was.relation())) {
                add(Kind.TRIGGER_DROPPED, was.relation(), new Told(was.name(), was.definition(), null), Set.of());
            }
        }
    }

    private void types() {
        after.types().forEach((oid, type) -> {
            Snapshot.Type was = before.types().get(oid);
            if (was == null) {
                found.add(new Change(Kind.TYPE_CREATED, type.name(), null, null, type.kind(), Set.of(), true));
            } else {
                type.labels().stream()
                        .filter(label -> !was.labels().contains(label))
                        .forEach(label -> found.add(
                                new Change(Kind.ENUM_VALUE_ADDED, type.name(), null, null, label, Set.of(), false)));
            }
        });
    }

    private record Told(
            @Nullable String name,
            @Nullable String was,
            @Nullable String is) {}

    private void add(Kind kind, long relation, Told told, Set<Trait> traits) {
        String shown = before.relations().containsKey(relation) ? before.nameOf(relation) : after.nameOf(relation);
        found.add(new Change(kind, shown, told.name(), told.was(), told.is(), traits, young.contains(relation)));
    }

    /** The OIDs on which they differ, in order. */
    private static Set<Long> differing(Map<Long, ?> left, Map<Long, ?> right) {
        Set<Long> oids = new HashSet<>(left.keySet());
        oids.addAll(right.keySet());
        oids.removeIf(oid -> Objects.equals(left.get(oid), right.get(oid)));
        return new TreeSet<>(oids);
    }
}
