package dev.belay.catalog;

import dev.belay.postgres.Identifiers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts and hashes the rows of one table over some of its columns. */
public final class TableContents {

    private TableContents() {}

    /**
     * The rows of this table alone (not of its partitions or children), over the columns with these attnums. Values
     * count as they are written: the hash stays when a column is renamed, and also when its type changes in a way that
     * writes every value alike, such as integer to bigint. It is not comparable with that of a {@link Fingerprint}.
     */
    public static TableHash hash(Connection connection, TableIdentity table, Collection<Integer> attnums)
            throws SQLException {
        List<String> columns = table.columns().stream()
                .filter(column -> attnums.contains(column.attnum()))
                .sorted(Comparator.comparingInt(ColumnIdentity::attnum))
                .map(ColumnIdentity::name)
                .toList();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*), sum(" + rowHash(columns) + ") FROM ONLY " + table.qualifiedName())) {
            row.next();
            String hash = row.getString(2);
            return new TableHash(row.getLong(1), hash == null ? "0" : hash);
        }
    }

    /** The same for each of these columns alone, by attnum, reading the table once. */
    public static Map<Integer, TableHash> hashEach(
            Connection connection, TableIdentity table, Collection<Integer> attnums) throws SQLException {
        List<ColumnIdentity> columns = table.columns().stream()
                .filter(column -> attnums.contains(column.attnum()))
                .toList();
        String sums = columns.stream()
                .map(column -> ", sum(" + rowHash(List.of(column.name())) + ")")
                .collect(Collectors.joining());
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*)" + sums + " FROM ONLY " + table.qualifiedName())) {
            row.next();
            Map<Integer, TableHash> hashes = new TreeMap<>();
            for (int i = 0; i < columns.size(); i++) {
                String hash = row.getString(i + 2);
                hashes.put(columns.get(i).attnum(), new TableHash(row.getLong(1), hash == null ? "0" : hash));
            }
            return hashes;
        }
    }

    /** An expression over one row's columns, in this order, as they are written. */
    static String rowHash(List<String> columns) {
        String row = columns.stream().map(Identifiers::quote).collect(Collectors.joining(", ", "ROW(", ")"));
        return "hashtextextended(" + row + "::text COLLATE pg_catalog.\"C\", 0)";
    }
}
