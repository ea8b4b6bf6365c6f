package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import dev.belay.catalog.TableContents;
import dev.belay.catalog.TableIdentity;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

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
        Layout one = Layout.read(first);
        Layout other = Layout.read(second);
        Map<String, Set<String>> found = new TreeMap<>();
        try (Connection left = first.open();
                Connection right = second.open()) {
            for (Map.Entry<String, Layout.Table> entry : one.tables().entrySet()) {
                monitor.check();
                Layout.Table same = other.tables().get(entry.getKey());
                Set<String> fresh = same == null ? Set.of() : new Runs(left, entry.getValue(), right, same).differing();
                if (!fresh.isEmpty()) {
                    found.put(entry.getKey(), fresh);
                }
            }
        }
        return new FreshColumns(found);
    }

    /** Those of a table, by its written name. */
    Set<String> of(String table) {
        return columns.getOrDefault(table, Set.of());
    }

    /** Those of the tables that are not left out, one line a table, for a person. */
    List<String> shown(Predicate<String> leftOut) {
        return columns.entrySet().stream()
                .filter(entry -> !leftOut.test(entry.getKey()))
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .toList();
    }

    /** One table as two runs of the migration left it. The clones are alike, so a column has one attnum in both. */
    private record Runs(Connection left, Layout.Table one, Connection right, Layout.Table other) {

        Set<String> differing() throws SQLException {
            List<Integer> all = one.identity().columns().stream()
                    .map(ColumnIdentity::attnum)
                    .toList();
            if (areEqual(all)) {
                return Set.of();
            }
            Set<String> differing = new TreeSet<>();
            List<Integer> key = key();
            for (ColumnIdentity column : one.identity().columns()) {
                List<Integer> beside = new ArrayList<>(key);
                beside.add(column.attnum());
                if (!areEqual(beside)) {
                    differing.add(column.name());
                }
            }
            if (differing.isEmpty()) {
                // Each column has the same values, and yet they stand in other rows.
                one.identity().columns().forEach(column -> differing.add(column.name()));
            }
            return differing;
        }

        /** A key with the same values in both runs tells in which row a value stands. */
        private List<Integer> key() throws SQLException {
            for (Set<Integer> key : one.keys()) {
                if (areEqual(key)) {
                    return List.copyOf(key);
                }
            }
            return List.of();
        }

        private boolean areEqual(Collection<Integer> attnums) throws SQLException {
            return hash(left, one.identity(), attnums).equals(hash(right, other.identity(), attnums));
        }

        private static Object hash(Connection session, TableIdentity table, Collection<Integer> attnums)
                throws SQLException {
            return TableContents.hash(session, table, attnums);
        }
    }
}
