package dev.belay.catalog;

import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds what hangs on one table. */
public final class RelationsReader {

    private RelationsReader() {}

    /**
     * What hangs on a table, partitioned table or foreign table.
     *
     * @param connection with an empty search path, so that names come out qualified
     * @throws dev.belay.problem.ProblemException {@code NOT_FOUND} when there is no such table
     */
    public static Relations read(Connection connection, String schema, String table) throws SQLException {
        Found found = find(connection, schema, table);
        List<Named> names = list(connection, found.oid, "names", 4, RelationsReader::named);
        List<Relations.ForeignKey> keys = list(connection, found.oid, "foreign_keys", 1, RelationsReader::key);
        return new Relations(
                found.name,
                keys.stream().filter(key -> key.table().equals(found.name)).toList(),
                keys.stream()
                        .filter(key -> key.referencedTable().equals(found.name))
                        .toList(),
                list(connection, found.oid, "views", 1, RelationsReader::view),
                list(connection, found.oid, "functions", 1, RelationsReader::function),
                list(connection, found.oid, "triggers", 3, RelationsReader::attached),
                list(connection, found.oid, "indexes", 1, RelationsReader::index),
                of(names, "SEQUENCE"),
                of(names, "PARENT"),
                of(names, "PARTITION"),
                of(names, "CHILD"),
                of(names, "PUBLICATION"));
    }

    private static Found find(Connection connection, String schema, String table) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT c.oid, c.oid::regclass::text FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'f')")) {
            query.setString(1, schema);
            query.setString(2, table);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw ProblemType.NOT_FOUND.because(
                            "There is no table " + table + " in the schema " + schema + ".");
                }
                return new Found(row.getLong(1), row.getString(2));
            }
        }
    }

    private static <T> List<T> list(Connection connection, long oid, String name, int parameters, Row<T> row)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(Sql.load("relations/" + name))) {
            for (int i = 1; i <= parameters; i++) {
                query.setLong(i, oid);
            }
            List<T> result = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    result.add(row.of(rows));
                }
            }
            return List.copyOf(result);
        }
    }

    private static Relations.ForeignKey key(ResultSet row) throws SQLException {
        return new Relations.ForeignKey(
                row.getString("name"),
                row.getString("table_name"),
                List.of((String[]) row.getArray("columns").getArray()),
                row.getString("referenced_table"),
                List.of((String[]) row.getArray("referenced_columns").getArray()),
                row.getString("on_delete"),
                row.getString("on_update"),
                row.getBoolean("deferrable"),
                row.getBoolean("validated"));
    }

    private static Relations.View view(ResultSet row) throws SQLException {
        return new Relations.View(row.getString("name"), row.getBoolean("materialized"), row.getInt("steps"));
    }

    private static Relations.FunctionUse function(ResultSet row) throws SQLException {
        return new Relations.FunctionUse(
                row.getString("name"), row.getString("language"), Relations.Use.valueOf(row.getString("use")));
    }

    private static Relations.Attached attached(ResultSet row) throws SQLException {
        return new Relations.Attached(
                Relations.Attached.Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("definition"),
                row.getBoolean("enabled"));
    }

    private static Relations.Index index(ResultSet row) throws SQLException {
        return new Relations.Index(
                row.getString("name"),
                row.getString("definition"),
                row.getBoolean("is_primary"),
                row.getBoolean("is_unique"),
                row.getBoolean("partial"),
                row.getBoolean("valid"));
    }

    private static Named named(ResultSet row) throws SQLException {
        return new Named(row.getString("kind"), row.getString("name"));
    }

    private static List<String> of(List<Named> names, String kind) {
        return names.stream()
                .filter(named -> named.kind.equals(kind))
                .map(Named::name)
                .toList();
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private record Found(long oid, String name) {}

    private record Named(String kind, String name) {}
}
