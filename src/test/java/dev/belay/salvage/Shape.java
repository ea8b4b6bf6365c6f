package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.quote;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tables and views that there are. Read from the catalog anew whenever something is to be decided, so that nobody has to
 * keep book of what a migration did.
 *
 * @param tables partitions are not among them, what they belong to is
 */
record Shape(List<Table> tables, List<Table> views) {

    /** The columns, those of the primary key, and those of an index that could be one. */
    private static final String QUERY = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, a.attnum, a.attname,
                pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated <> '', a.attidentity = 'a',
                coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), ''), a.attidentity <> '',
                coalesce(array_position(k.indkey::int2[], a.attnum), -1) AS place, coalesce(k.indisprimary, false),
                (SELECT array_agg(pg_catalog.format('%I.%I', pn.nspname, p.relname)) FROM pg_catalog.pg_partition_tree(c.oid) t
                 JOIN pg_catalog.pg_class p ON p.oid = t.relid JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace) AS tree,
                pg_catalog.format('%I.%I', n.nspname, c.relname) AS own
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            LEFT JOIN LATERAL (
                SELECT i.indkey, i.indisprimary FROM pg_catalog.pg_index i
                WHERE i.indrelid = c.oid AND i.indisunique AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
                    AND NOT EXISTS (
                        SELECT FROM unnest(i.indkey) u JOIN pg_catalog.pg_attribute x ON x.attrelid = c.oid AND x.attnum = u
                        WHERE NOT x.attnotnull)
                ORDER BY i.indisprimary DESC, i.indexrelid LIMIT 1) k ON true
            WHERE c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
                AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> 'belay_salvage'
            ORDER BY n.nspname, c.relname, a.attnum
            """;

    /**
     * A column.
     *
     * @param always whether only the database may give it a value
     * @param fallback its default as SQL; empty for none
     */
    record Column(
            int attnum,
            String name,
            String type,
            boolean notNull,
            boolean generated,
            boolean always,
            String fallback,
            boolean identity) {

        String quoted() {
            return quote(name);
        }
    }

    /**
     * A table or a view.
     *
     * @param key the columns of its primary key, else of an index that could be one; may be empty
     * @param primary whether the key is a primary key
     * @param written its name as PostgreSQL writes it, and those of its partitions
     */
    record Table(
            long oid,
            String schema,
            String name,
            String kind,
            List<Column> columns,
            List<Column> key,
            boolean primary,
            List<String> written) {

        String quoted() {
            return quote(schema) + "." + quote(name);
        }

        Optional<Column> column(Predicate<Column> which) {
            return columns.stream().filter(which).findFirst();
        }

        /** The columns that somebody may write. */
        List<Column> writable() {
            return columns.stream().filter(column -> !column.generated()).toList();
        }

        /** The columns that are not in its key. */
        List<Column> values() {
            return writable().stream().filter(column -> !key.contains(column)).toList();
        }
    }

    static Shape read(Session session) throws SQLException {
        Map<Long, List<Row>> rows = new LinkedHashMap<>();
        try (Statement statement = session.connection().createStatement();
                ResultSet found = statement.executeQuery(QUERY)) {
            while (found.next()) {
                rows.computeIfAbsent(found.getLong(1), oid -> new ArrayList<>()).add(row(found));
            }
        }
        List<Table> all = rows.values().stream().map(Shape::table).toList();
        return new Shape(
                all.stream().filter(table -> !table.kind().equals("v")).toList(),
                all.stream().filter(table -> table.kind().equals("v")).toList());
    }

    private record Row(Table bare, Column column, int place, boolean primary) {}

    private static Row row(ResultSet found) throws SQLException {
        Table bare = new Table(
                found.getLong(1),
                found.getString(2),
                found.getString(3),
                found.getString(4),
                List.of(),
                List.of(),
                false,
                written(found));
        Column column = new Column(
                found.getInt(5),
                String.valueOf(found.getString(6)),
                String.valueOf(found.getString(7)),
                found.getBoolean(8),
                found.getBoolean(9),
                found.getBoolean(10),
                found.getString(11),
                found.getBoolean(12));
        return new Row(bare, column, found.getInt(13), found.getBoolean(14));
    }

    private static List<String> written(ResultSet found) throws SQLException {
        String own = found.getString("own");
        java.sql.Array tree = found.getArray("tree");
        return tree == null ? List.of(own) : List.of((String[]) tree.getArray());
    }

    private static Table table(List<Row> rows) {
        Table bare = rows.get(0).bare();
        // A table without columns has one row that names none.
        List<Row> columns =
                rows.stream().filter(row -> row.column().attnum() > 0).toList();
        return new Table(
                bare.oid(),
                bare.schema(),
                bare.name(),
                bare.kind(),
                columns.stream().map(Row::column).toList(),
                columns.stream()
                        .filter(row -> row.place() >= 0)
                        .sorted(java.util.Comparator.comparingInt(Row::place))
                        .map(Row::column)
                        .toList(),
                rows.get(0).primary(),
                bare.written());
    }

    Optional<Table> table(long oid) {
        return tables.stream().filter(table -> table.oid() == oid).findFirst();
    }

    Optional<Table> table(String schema, String name) {
        return tables.stream()
                .filter(table -> table.schema().equals(schema) && table.name().equals(name))
                .findFirst();
    }
}
