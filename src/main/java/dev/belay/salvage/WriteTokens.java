package dev.belay.salvage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the server has counted of each table's writes: a table whose token is the same as before has not been written to.
 * Sessions report what they wrote when they end at the latest, so this is exact once nobody is connected. A crash of the
 * server makes it count anew, and a TRUNCATE is not counted but gives the table another file: both are in the token.
 *
 * @param tokens by the tables' written names
 * @param gone those of the writes after which a key that was there may not be there any more: all but INSERT and HOT updates,
 *     which change no column that is in an index
 * @param counted whether the server counts at all
 */
record WriteTokens(Map<String, String> tokens, Map<String, String> gone, boolean counted) {

    private static final String QUERY = """
            SELECT s.relid::pg_catalog.regclass::text, pg_catalog.concat_ws(' ', s.n_tup_ins, s.n_tup_upd, s.n_tup_del,
                pg_catalog.pg_relation_filenode(s.relid), b.stats_reset, pg_catalog.pg_postmaster_start_time()),
                pg_catalog.concat_ws(' ', s.n_tup_del, s.n_tup_upd - s.n_tup_hot_upd,
                pg_catalog.pg_relation_filenode(s.relid), b.stats_reset, pg_catalog.pg_postmaster_start_time()),
                pg_catalog.current_setting('track_counts')::boolean
            FROM pg_catalog.pg_stat_all_tables s, pg_catalog.pg_stat_bgwriter b
            WHERE s.schemaname !~ '^pg_' AND s.schemaname <> 'information_schema' OR s.relname ~ '^pg_largeobject'
            """;

    static WriteTokens read(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            Map<String, String> tokens = new TreeMap<>();
            Map<String, String> gone = new TreeMap<>();
            // A database without any table has nothing counted: all that is in it is looked at.
            boolean counted = false;
            try (ResultSet rows = statement.executeQuery(QUERY)) {
                while (rows.next()) {
                    tokens.put(rows.getString(1), rows.getString(2));
                    gone.put(rows.getString(1), rows.getString(3));
                    counted = rows.getBoolean(4);
                }
            }
            return new WriteTokens(tokens, gone, counted);
        }
    }

    /** Whether nothing at all was written since; unknown counts as no. */
    boolean isQuiet(WriteTokens earlier) {
        return counted && equals(earlier);
    }

    /** Whether a table may have been written to since; unknown counts as yes. */
    boolean mayDiffer(String table, WriteTokens earlier) {
        return isOther(earlier, tokens.get(table), earlier.tokens.get(table));
    }

    /** Whether a row's key may have been deleted or changed since; unknown counts as yes. */
    boolean mayLackKeys(String table, WriteTokens earlier) {
        return isOther(earlier, gone.get(table), earlier.gone.get(table));
    }

    /** Whether something other than the given tables may have been written to since; unknown counts as yes. */
    boolean mayDifferBeside(Set<String> tables, WriteTokens earlier) {
        return !counted || !earlier.counted || !beside(tables).equals(earlier.beside(tables));
    }

    private Map<String, String> beside(Set<String> tables) {
        Map<String, String> others = new TreeMap<>(tokens);
        others.keySet().removeAll(tables);
        return others;
    }

    private boolean isOther(WriteTokens earlier, @Nullable String now, @Nullable String before) {
        return !counted || !earlier.counted || now == null || !now.equals(before);
    }
}
