package dev.belay.audit;

import dev.belay.postgres.Identifiers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a row of a table is named without telling anything about a person: by its primary key where that is a number or a
 * UUID, by the beginning of its MD5 where it is something else, by its place where there is none.
 *
 * @param table the table's name, qualified, and quoted where needed
 * @param partitioned whether the table's rows are in its partitions
 */
record TableKey(String table, boolean partitioned, List<String> columns, List<String> types) {

    private static final Set<String> NUMBERS = Set.of("smallint", "integer", "bigint", "uuid");

    static final TableKey NONE = new TableKey("", false, List.of(), List.of());

    static Map<Long, TableKey> all(AuditSession session) throws SQLException {
        Map<Long, TableKey> keys = new HashMap<>();
        session.all(
                "SELECT c.oid::bigint, c.oid::regclass::text, c.relkind = 'p',"
                        + " ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k(num, place)"
                        + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num ORDER BY k.place),"
                        + " ARRAY(SELECT format_type(a.atttypid, NULL) FROM unnest(i.indkey) WITH ORDINALITY k(num, place)"
                        + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num ORDER BY k.place)"
                        + " FROM pg_class c LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary"
                        + " WHERE c.relkind IN ('r', 'p')",
                row -> keys.put(
                        row.getLong(1),
                        new TableKey(
                                row.getString(2),
                                row.getBoolean(3),
                                List.of((String[]) row.getArray(4).getArray()),
                                List.of((String[]) row.getArray(5).getArray()))));
        return keys;
    }

    boolean isHidden() {
        return !NUMBERS.containsAll(types);
    }

    /** An expression over the table under the alias s. */
    String shown() {
        if (columns.isEmpty()) {
            return (partitioned ? "s.tableoid::regclass::text || ' ' || " : "") + "'row at ' || s.ctid::text";
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = "s." + Identifiers.quote(columns.get(i));
            String name = columns.get(i) + "=";
            parts.add(
                    NUMBERS.contains(types.get(i))
                            ? Identifiers.literal(name) + " || " + column
                            : Identifiers.literal(name + "md5:") + " || left(md5(" + column + "::text), 8)");
        }
        return String.join(" || ', ' || ", parts);
    }

    /** An expression to order by. */
    String order() {
        return columns.size() == 1 ? "s." + Identifiers.quote(columns.get(0)) : shown();
    }
}
