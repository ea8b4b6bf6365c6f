package dev.belay.script;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Counts the rows that the session's own transaction has deleted, by table: what others delete is not in it. */
public final class Deletions {

    private Deletions() {}

    public static Map<String, Long> inTransaction(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT relid::regclass::text, n_tup_del"
                        + " FROM pg_catalog.pg_stat_xact_user_tables WHERE n_tup_del > 0")) {
            Map<String, Long> deleted = new TreeMap<>();
            while (rows.next()) {
                deleted.put(rows.getString(1), rows.getLong(2));
            }
            return deleted;
        }
    }
}
