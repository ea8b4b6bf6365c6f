package dev.belay.salvage;

import dev.belay.postgres.Identifiers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A foreign key of the restored database.
 *
 * @param name its name, for a person
 * @param child the OID of the table that points
 * @param childTable that table as SQL
 * @param parent the OID of the table that is pointed at
 */
record ForeignKey(
        String name,
        long child,
        String childTable,
        long parent,
        List<String> childColumns,
        List<String> parentColumns) {

    private static final String QUERY = """
            SELECT k.conname, k.conrelid::bigint AS child, k.conrelid::pg_catalog.regclass::text AS child_table,
                k.confrelid::bigint AS parent,
                ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY c(attnum, n)
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = c.attnum ORDER BY n) AS child_columns,
                ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY c(attnum, n)
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = c.attnum ORDER BY n) AS parent_columns
            FROM pg_catalog.pg_constraint k
            WHERE k.contype = 'f'
            """;

    static List<ForeignKey> read(Connection session) throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                keys.add(new ForeignKey(
                        rows.getString("conname"),
                        rows.getLong("child"),
                        rows.getString("child_table"),
                        rows.getLong("parent"),
                        Arrays.asList((String[]) rows.getArray("child_columns").getArray()),
                        Arrays.asList((String[]) rows.getArray("parent_columns").getArray())));
            }
        }
        return keys;
    }

    /** The tables so that each comes after those that it points at, as far as they do not point in a circle. */
    static List<Long> parentsFirst(List<ForeignKey> keys, Set<Long> tables) {
        Map<Long, Set<Long>> parents = new HashMap<>();
        for (ForeignKey key : keys) {
            parents.computeIfAbsent(key.child, child -> new LinkedHashSet<>()).add(key.parent);
        }
        Set<Long> order = new LinkedHashSet<>();
        Set<Long> visited = new LinkedHashSet<>();
        tables.stream().sorted().forEach(table -> visit(table, parents, visited, order));
        order.retainAll(tables);
        return List.copyOf(order);
    }

    private static void visit(long table, Map<Long, Set<Long>> parents, Set<Long> visited, Set<Long> order) {
        if (visited.add(table)) {
            parents.getOrDefault(table, Set.of()).forEach(parent -> visit(parent, parents, visited, order));
            order.add(table);
        }
    }

    /** A condition: the child row points at the parent row. */
    String points(String childRow, String parentRow) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < childColumns.size(); i++) {
            parts.add(childRow + "." + Identifiers.quote(childColumns.get(i)) + " = " + parentRow + "."
                    + Identifiers.quote(parentColumns.get(i)));
        }
        return String.join(" AND ", parts);
    }
}
