package dev.belay.stage;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows that were there at one moment, to be found again later: of every table the count and a sum of MD5 hashes over
 * the columns it had, of the keys it had. It shares nothing with Belay's own fingerprints, so that it can judge them.
 */
public final class KnownRows {

    /** Every table has one key column, and keys only grow. */
    private static final String TABLES = """
            SELECT c.relname, k.attname,
                   (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
                    WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)
            FROM pg_class c
            JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary AND i.indnatts = 1
            JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = i.indkey[0]
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            ORDER BY c.relname""";

    private final List<Known> tables;
    private final Changing changing;

    private KnownRows(List<Known> tables, Changing changing) {
        this.tables = tables;
        this.changing = changing;
    }

    /**
     * What an application is known to change, and what is therefore left out.
     *
     * @param columns of this table, in the rows from this key on
     */
    public record Changing(String table, long fromKey, List<String> columns) {

        /** Nothing is changed. */
        public static final Changing NOTHING = new Changing("", 0, List.of());
    }

    /**
     * A table as it was.
     *
     * @param highest the highest key
     * @param contents count and hash
     */
    private record Known(String table, String key, String columns, long highest, Contents contents) {

        Known as(String name) {
            return new Known(name, key, columns, highest, contents);
        }

        Known with(long newHighest, Contents newContents) {
            return new Known(table, key, columns, newHighest, newContents);
        }
    }

    private record Contents(long rows, BigDecimal hash) {}

    /** Of all tables in the schema {@code public}. */
    public static KnownRows take(Connection session, Changing changing) throws SQLException {
        List<Known> tables = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(new Known(
                        rows.getString(1), rows.getString(2), rows.getString(3), 0, new Contents(0, BigDecimal.ZERO)));
            }
        }
        KnownRows empty = new KnownRows(tables, changing);
        List<Known> known = new ArrayList<>();
        for (Known table : tables) {
            long highest = highest(session, table);
            known.add(table.with(highest, empty.contents(session, table.with(highest, table.contents()))));
        }
        return new KnownRows(known, changing);
    }

    public int tables() {
        return tables.size();
    }

    public long rows() {
        return tables.stream().mapToLong(table -> table.contents().rows()).sum();
    }

    public long rows(String table) {
        return tables.stream()
                .filter(known -> known.table().equals(table))
                .mapToLong(known -> known.contents().rows())
                .sum();
    }

    /** All but the tables whose names match. */
    public KnownRows without(String names) {
        return new KnownRows(
                tables.stream().filter(known -> !known.table().matches(names)).toList(), changing);
    }

    /** The same rows, to be found in another schema now. */
    public KnownRows movedTo(String schema, List<String> names) {
        return new KnownRows(
                tables.stream()
                        .map(known -> names.contains(known.table()) ? known.as(schema + "." + known.table()) : known)
                        .toList(),
                changing);
    }

    /** Looks for the same rows under the same names; tells how many were found equal, and in which tables not. */
    public String findAgain(Connection session) throws SQLException {
        Map<String, String> different = new TreeMap<>();
        long equal = 0;
        for (Known known : tables) {
            Contents now = contents(session, known);
            if (now.equals(known.contents())) {
                equal += now.rows();
            } else {
                different.put(known.table(), Text.count(now.rows()) + " rows");
            }
        }
        return told(equal) + (different.isEmpty() ? "" : "; not equal: " + different);
    }

    /** What {@link #findAgain} tells when all is well. */
    public String expected() {
        return told(rows());
    }

    private String told(long rows) {
        return Text.count(rows) + " rows equal";
    }

    private static long highest(Connection session, Known table) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT coalesce(max(" + table.key() + "), 0) FROM " + table.table())) {
            row.next();
            return row.getLong(1);
        }
    }

    private Contents contents(Connection session, Known table) throws SQLException {
        String sql = "SELECT count(*), coalesce(sum(('x' || left(md5(ROW(" + unchanged(table)
                + ")::text), 15))::bit(60)::bigint), 0) FROM " + table.table() + " WHERE " + table.key() + " <= "
                + table.highest();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Contents(row.getLong(1), row.getBigDecimal(2));
        }
    }

    private String unchanged(Known table) {
        if (!table.table().equals(changing.table())) {
            return table.columns();
        }
        String columns = table.columns();
        for (String column : changing.columns()) {
            columns = columns.replace(
                    column, "CASE WHEN " + table.key() + " < " + changing.fromKey() + " THEN " + column + " END");
        }
        return columns;
    }
}
