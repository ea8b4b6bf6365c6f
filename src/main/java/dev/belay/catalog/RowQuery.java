package dev.belay.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query that counts and hashes the rows of one table.
 *
 * <p>A row's hash is {@code hash_record_extended} of its columns, hashed once more. Not the sum of that alone: PostgreSQL
 * makes the hash of a record by multiplying and adding those of its fields, so a value that two rows swapped would not
 * change the sum. Nor are integers and timestamps hashed as they are: 1 and 4294967296 have one hash there.
 *
 * @param table the identity of the table
 */
record RowQuery(String table, String sql) {

    static final String LARGE_OBJECTS = "large objects";

    /** Those of all tables, the largest first, and the one for large objects before them. */
    static List<RowQuery> all(Connection connection) throws SQLException {
        List<RowQuery> queries = new ArrayList<>();
        queries.add(new RowQuery(LARGE_OBJECTS, Sql.load("large_objects")));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(Sql.load("hashed_tables"))) {
            while (rows.next()) {
                String table = rows.getString("identity");
                queries.add(of(table, rows.getString("direct"), rows.getString("written")));
            }
        }
        return queries;
    }

    private static RowQuery of(String table, @Nullable String direct, @Nullable String written) {
        String row =
                "ROW(" + (direct == null ? "" : direct + ", ") + "ROW(" + (written == null ? "" : written) + ")::text)";
        return new RowQuery(
                table,
                "SELECT count(*), sum(hashtextextended(hash_record_extended(" + row + ", 0)::text, 0)) FROM ONLY "
                        + table);
    }

    TableHash run(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            String hash = row.getString(2);
            return new TableHash(row.getLong(1), hash == null ? "0" : hash);
        }
    }
}
