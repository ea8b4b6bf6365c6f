package dev.belay.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A database at one snapshot: its catalog, and the count and hash of the rows of every table. Two of them compare when
 * their servers have one major version.
 *
 * @param tables by identity: every table and filled materialised view that holds rows itself. A partitioned table's rows
 *     are those of its leaves; of a foreign table there are none
 * @param sequences by identity: where each stood, see {@link SequenceRange}
 * @param largeObjects how many there are, with owner, privileges, comment and content in the hash
 */
public record Fingerprint(
        int serverMajor,
        Catalog catalog,
        SortedMap<String, TableHash> tables,
        SortedMap<String, SequenceRange> sequences,
        TableHash largeObjects) {

    public Fingerprint {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
        sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
    }

    /** How many rows all tables have together. */
    public long rows() {
        return tables.values().stream().mapToLong(TableHash::rows).sum();
    }

    /** What {@code other} has otherwise; this one is what was expected. */
    public List<Difference> differences(Fingerprint other) {
        List<Difference> found = new ArrayList<>();
        found.addAll(only("server", "major version", serverMajor, other.serverMajor));
        found.addAll(catalog.differences(other.catalog));
        found.addAll(Difference.between("rows", tables, other.tables, TableHash::equals));
        found.addAll(Difference.between("sequence value", sequences, other.sequences, SequenceRange::covers));
        found.addAll(only("large objects", "of the database", largeObjects, other.largeObjects));
        return List.copyOf(found);
    }

    /**
     * What a copy made by {@code pg_dump} and {@code pg_restore} has of this: no invalid indexes, no subscriptions, and
     * nothing that is known of the rows of materialised views, since a restore fills them anew from the tables.
     */
    public Fingerprint asDumped() {
        Set<String> refilled = catalog.objects().stream()
                .filter(object -> object.type().equals("materialized view"))
                .map(CatalogObject::identity)
                .collect(Collectors.toSet());
        return withoutTables(refilled::contains)
                .withoutObjects(object ->
                        object.type().equals("invalid index") || object.type().equals("subscription"));
    }

    /** Without the rows of the tables whose identity {@code excluded} tells; the catalog still has them. */
    public Fingerprint withoutTables(Predicate<String> excluded) {
        return new Fingerprint(serverMajor, catalog, kept(tables, excluded), sequences, largeObjects);
    }

    /** Without the catalog objects that {@code excluded} tells; rows and sequence values stay. */
    public Fingerprint withoutObjects(Predicate<CatalogObject> excluded) {
        return new Fingerprint(serverMajor, catalog.without(excluded), tables, sequences, largeObjects);
    }

    /** Without a schema and all that is in it: objects, rows and sequence values. */
    public Fingerprint withoutSchema(String schema) {
        Predicate<String> inside = identity -> Schemas.isQualifiedBy(identity, schema);
        return new Fingerprint(
                serverMajor,
                catalog.withoutSchema(schema),
                kept(tables, inside),
                kept(sequences, inside),
                largeObjects);
    }

    /**
     * This fingerprint with each sequence somewhere between two reads by {@link Fingerprinter#sequences}: one before
     * {@code pg_dump} began and one after it ended.
     */
    public Fingerprint withSequencesBetween(
            SortedMap<String, SequenceRange> before, SortedMap<String, SequenceRange> after) {
        SortedMap<String, SequenceRange> ranges = new TreeMap<>(sequences);
        ranges.replaceAll(
                (identity, own) -> before.getOrDefault(identity, own).until(after.getOrDefault(identity, own)));
        return new Fingerprint(serverMajor, catalog, tables, ranges, largeObjects);
    }

    private static <T> List<Difference> only(String type, String object, T expected, T actual) {
        return Difference.between(
                type,
                new TreeMap<>(Collections.singletonMap(object, expected)),
                new TreeMap<>(Collections.singletonMap(object, actual)),
                Object::equals);
    }

    private static <T> SortedMap<String, T> kept(SortedMap<String, T> all, Predicate<String> excluded) {
        SortedMap<String, T> kept = new TreeMap<>(all);
        kept.keySet().removeIf(excluded);
        return kept;
    }
}
