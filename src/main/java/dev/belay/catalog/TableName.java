package dev.belay.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The name of a table, neither part quoted. */
public record TableName(String schema, String table) {

    /**
     * The tables that a person may mean by a name, with or without its schema. Nothing is parsed, so that a dot or a capital
     * in a name needs no quotes. System tables are not meant.
     */
    public static List<TableName> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.relkind IN ('r', 'p', 'f') AND ? IN (c.relname, n.nspname || '.' || c.relname)"
                        + " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1, 2")) {
            query.setString(1, name);
            List<TableName> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new TableName(rows.getString(1), rows.getString(2)));
                }
            }
            return found;
        }
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
