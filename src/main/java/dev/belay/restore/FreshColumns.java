package dev.belay.restore;

import dev.belay.catalog.ColumnIdentity;
import dev.belay.catalog.Identities;
import dev.belay.catalog.TableContents;
import dev.belay.catalog.TableIdentity;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The columns that a migration fills with something new each time it runs: now(), random(), a sequence. Two runs of it on
 * the same backup differ in just these.
 */
final class FreshColumns {

    static final FreshColumns NONE = new FreshColumns(Map.of());

    private final Map<String, Set<String>> columns;

    private FreshColumns(Map<String, Set<String>> columns) {
        this.columns = columns;
    }

    /** Compares two clones of one backup on which the same migration was run. */
    static FreshColumns between(DatabaseAddress first, DatabaseAddress second, Monitor monitor) throws SQLException {
        Map<String, TableIdentity> others = Identities.byName(second);
        Map<String, Set<String>> found = new TreeMap<>();
        try (Connection left = first.open();
                Connection right = second.open()) {
            for (Map.Entry<String, TableIdentity> entry :
                    Identities.byName(first).entrySet()) {
                monitor.check();
                TableIdentity other = others.get(entry.getKey());
                Set<String> fresh = other == null ? Set.of() : differing(left, entry.getValue(), right, other);
                if (!fresh.isEmpty()) {
                    found.put(entry.getKey(), fresh);
                }
            }
        }
        return new FreshColumns(found);
    }

    /** The table without those of its columns. */
    TableIdentity leaveOut(String name, TableIdentity table) {
        Set<String> fresh = columns.getOrDefault(name, Set.of());
        List<ColumnIdentity> rest = table.columns().stream()
                .filter(column -> !fresh.contains(column.name()))
                .toList();
        return new TableIdentity(table.oid(), table.schema(), table.name(), rest);
    }

    /** Those of some tables, one line a table, for a person. */
    List<String> in(Collection<String> tables) {
        return columns.entrySet().stream()
                .filter(entry -> tables.contains(entry.getKey()))
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .toList();
    }

    private static Set<String> differing(Connection left, TableIdentity one, Connection right, TableIdentity other)
            throws SQLException {
        if (TableContents.hash(left, one, attnums(one)).equals(TableContents.hash(right, other, attnums(other)))) {
            return Set.of();
        }
        Set<String> differing = new TreeSet<>();
        for (ColumnIdentity column : one.columns()) {
            for (ColumnIdentity same : other.columns()) {
                if (same.name().equals(column.name())
                        && !TableContents.hash(left, one, List.of(column.attnum()))
                                .equals(TableContents.hash(right, other, List.of(same.attnum())))) {
                    differing.add(column.name());
                }
            }
        }
        return differing;
    }

    private static List<Integer> attnums(TableIdentity table) {
        return table.columns().stream().map(ColumnIdentity::attnum).toList();
    }
}
