package dev.belay.rehearsal;

import dev.belay.catalog.ColumnIdentity;
import dev.belay.catalog.Identities;
import dev.belay.catalog.TableContents;
import dev.belay.catalog.TableHash;
import dev.belay.catalog.TableIdentity;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a script keeps of the rows that were there: told by the tables' OIDs and the columns' attnums, so that something
 * renamed is still the same thing.
 */
public final class Kept {

    private final List<TableIdentity> before;
    private final Map<Long, TableHash> hashes;

    private Kept(List<TableIdentity> before, Map<Long, TableHash> hashes) {
        this.before = before;
        this.hashes = hashes;
    }

    /** Remembers the rows as they are now. */
    public static Kept remember(DatabaseAddress database, Monitor monitor) throws SQLException {
        try (Connection session = database.open()) {
            List<TableIdentity> tables = Identities.read(session);
            return new Kept(tables, hashes(session, tables, Map.of(), monitor));
        }
    }

    /**
     * What became of the rows.
     *
     * @param losses tables that had rows and are gone, have fewer, or have lost columns
     * @param rewrites tables in which values of columns that were there are others now
     */
    public record Outcome(List<String> losses, List<String> rewrites) {
        public Outcome {
            losses = List.copyOf(losses);
            rewrites = List.copyOf(rewrites);
        }

        /** One clause for a person. */
        public String shown() {
            return (losses.isEmpty() ? "every row kept" : "not kept: " + String.join("; ", losses))
                    + (rewrites.isEmpty() ? "" : "; values rewritten in " + String.join(", ", rewrites));
        }
    }

    /** Compares what is there now with what was remembered. */
    public Outcome compare(DatabaseAddress database, Monitor monitor) throws SQLException {
        try (Connection session = database.open()) {
            Map<Long, TableIdentity> now = new LinkedHashMap<>();
            Identities.read(session).forEach(table -> now.put(table.oid(), table));
            Map<Long, Set<Integer>> columns =
                    before.stream().collect(Collectors.toMap(TableIdentity::oid, Kept::attnums));
            List<TableIdentity> kept = now.values().stream()
                    .filter(table -> hashes.containsKey(table.oid()))
                    .toList();
            return outcome(now, hashes(session, kept, columns, monitor));
        }
    }

    private Outcome outcome(Map<Long, TableIdentity> now, Map<Long, TableHash> found) {
        List<String> losses = new ArrayList<>();
        List<String> rewrites = new ArrayList<>();
        for (TableIdentity table : before) {
            TableHash had = Objects.requireNonNull(hashes.get(table.oid()));
            TableHash has = found.get(table.oid());
            TableIdentity successor = now.get(table.oid());
            if (has == null || successor == null) {
                if (had.rows() > 0) {
                    losses.add(table.qualifiedName() + " is gone with " + had.rows() + " rows");
                }
            } else if (has.rows() < had.rows()) {
                losses.add(table.qualifiedName() + " has " + (had.rows() - has.rows()) + " rows less");
            } else if (!attnums(successor).containsAll(attnums(table)) && had.rows() > 0) {
                losses.add(table.qualifiedName() + " has lost columns: " + lostColumns(table, successor));
            } else if (has.rows() == had.rows() && !has.hash().equals(had.hash())) {
                rewrites.add(table.qualifiedName());
            }
        }
        return new Outcome(losses, rewrites);
    }

    private static String lostColumns(TableIdentity before, TableIdentity after) {
        Set<Integer> left = attnums(after);
        return before.columns().stream()
                .filter(column -> !left.contains(column.attnum()))
                .map(ColumnIdentity::name)
                .collect(Collectors.joining(", "));
    }

    private static Set<Integer> attnums(TableIdentity table) {
        return table.columns().stream().map(ColumnIdentity::attnum).collect(Collectors.toSet());
    }

    /** @param only the attnums to hash by table; all columns of a table that is not in it */
    private static Map<Long, TableHash> hashes(
            Connection session, List<TableIdentity> tables, Map<Long, Set<Integer>> only, Monitor monitor)
            throws SQLException {
        Map<Long, TableHash> hashes = new LinkedHashMap<>();
        for (TableIdentity table : tables) {
            monitor.check();
            hashes.put(table.oid(), TableContents.hash(session, table, only.getOrDefault(table.oid(), attnums(table))));
        }
        return hashes;
    }
}
