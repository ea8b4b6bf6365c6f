package dev.belay.trace;

import dev.belay.trace.Change.Trait;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
}
