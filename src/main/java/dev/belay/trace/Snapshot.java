package dev.belay.trace;

import dev.belay.trace.Change.Trait;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The part of a catalog that statements change in ways that matter to an operator, by OID, at one moment. */
record Snapshot(
        Map<Long, Relation> relations,
        Map<ColumnKey, Column> columns,
        Map<Long, Constraint> constraints,
        Map<Long, Trigger> triggers,
        Map<Long, Type> types) {

    static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    /**
     * Whatever can be locked.
     *
     * @param name qualified and quoted
     * @param file changes when the relation is written anew
     * @param bytes its size, without indexes, when the catalog last changed
     * @param table the table of an index; 0 for others
     * @param definition of an index; empty for others
     */
    record Relation(long oid, String name, RelationKind kind, long file, long bytes, long table, String definition) {
        Relation withBytes(long size) {
            return new Relation(oid, name, kind, file, size, table, definition);
        }

        boolean isIndex() {
            return kind == RelationKind.INDEX;
        }

        Trait trait() {
            return switch (kind) {
                case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE, OTHER -> Trait.TABLE;
                case INDEX -> Trait.INDEX;
                case SEQUENCE -> Trait.SEQUENCE;
                case VIEW -> Trait.VIEW;
                case MATERIALIZED_VIEW -> Trait.MATERIALIZED_VIEW;
            };
        }
    }

    record ColumnKey(long relation, int attnum) {}

    record Column(
            String name,
            String type,
            boolean notNull,
            @Nullable String defaultValue,
            boolean generated,
            boolean identity) {}

    /** @param index the index it is made of; 0 for none */
    record Constraint(long relation, String name, String type, boolean validated, String definition, long index) {

        Trait trait() {
            return switch (type) {
                case "p" -> Trait.PRIMARY_KEY;
                case "f" -> Trait.FOREIGN_KEY;
                case "u" -> Trait.UNIQUE;
                case "x" -> Trait.EXCLUSION;
                default -> Trait.CHECK;
            };
        }
    }

    record Trigger(long relation, String name, String definition) {}

    /** @param kind enum, domain, composite or range */
    record Type(String name, String kind, List<String> labels) {}

    /** The name of a relation; its OID when the snapshot does not have it. */
    String nameOf(long oid) {
        Relation relation = relations.get(oid);
        return relation == null ? Objects.toString(oid) : relation.name();
    }

    /** The same, but for some relations as they are in the other one. */
    Snapshot with(Snapshot part, Set<Long> about, Map<Long, Type> newTypes) {
        return new Snapshot(
                merged(relations, part.relations, one -> about.contains(one.oid()) || about.contains(one.table())),
                columns(part, about),
                merged(constraints, part.constraints, one -> about.contains(one.relation())),
                merged(triggers, part.triggers, one -> about.contains(one.relation())),
                newTypes);
    }

    private Map<ColumnKey, Column> columns(Snapshot part, Set<Long> about) {
        Map<ColumnKey, Column> found = new HashMap<>(columns);
        found.keySet().removeIf(key -> about.contains(key.relation()));
        found.putAll(part.columns);
        return found;
    }

    private static <T> Map<Long, T> merged(Map<Long, T> all, Map<Long, T> part, Predicate<T> isReplaced) {
        Map<Long, T> found = new HashMap<>(all);
        found.values().removeIf(isReplaced);
        found.putAll(part);
        return found;
    }
}
