package dev.belay.salvage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server has counted of each table's writes: a table whose token is the same as before has not been written to.
 * Sessions report what they wrote when they end at the latest, so this is exact once nobody is connected. A crash of the
 * server makes it count anew, and a TRUNCATE is not counted but gives the table another file: both are in the token.
 *
 * @param tokens by the tables' written names
 * @param counted whether the server counts at all
 */
record WriteTokens(Map<String, String> tokens, boolean counted) {

    private static final String QUERY = """
            SELECT s.relid::pg_catalog.regclass::text, pg_catalog.concat_ws(' ', s.n_tup_ins, s.n_tup_upd, s.n_tup_del,
                pg_catalog.pg_relation_filenode(s.relid), b.stats_reset, pg_catalog.pg_postmaster_start_time())
            FROM pg_catalog.pg_stat_all_tables s, pg_catalog.pg_stat_bgwriter b
            WHERE s.schemaname !~ '^pg_' AND s.schemaname <> 'information_schema'
            """;

    static WriteTokens read(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            Map<String, String> tokens = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery(QUERY)) {
                while (rows.next()) {
                    tokens.put(rows.getString(1), rows.getString(2));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT pg_catalog.current_setting('track_counts')::boolean")) {
                row.next();
                return new WriteTokens(tokens, row.getBoolean(1));
            }
        }
    }

    /** Whether a table may have been written to since; unknown counts as yes. */
    boolean mayDiffer(String table, WriteTokens earlier) {
        String token = tokens.get(table);
        return !counted || !earlier.counted || token == null || !token.equals(earlier.tokens.get(table));
    }
}
