package dev.belay.trace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * What the session's own transaction has done to rows, by table, from PostgreSQL's statistics of the transaction.
 *
 * @param scans from one end of the table to the other
 */
record RowCounts(long scans, long rowsRead, long inserted, long updated, long deleted) {

    static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0);

    // what pg_stat_xact_all_tables shows, without the joins that make it slow on many tables
    private static final String COUNTS =
            "SELECT * FROM (SELECT c.oid::bigint, pg_catalog.pg_stat_get_xact_numscans(c.oid) s,"
                    + " pg_catalog.pg_stat_get_xact_tuples_returned(c.oid) r,"
                    + " pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) i,"
                    + " pg_catalog.pg_stat_get_xact_tuples_updated(c.oid) u,"
                    + " pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) d"
                    + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.oid >= 16384 AND c.relkind IN ('r', 't', 'm', 'p') AND n.nspname NOT LIKE 'pg\\_%') t"
                    + " WHERE s + i + u + d > 0";

    static Map<Long, RowCounts> inTransaction(Connection session) throws SQLException {
        Map<Long, RowCounts> counts = new HashMap<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(COUNTS)) {
            while (rows.next()) {
                counts.put(
                        rows.getLong(1),
                        new RowCounts(
                                rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5), rows.getLong(6)));
            }
        }
        return counts;
    }

    /** What came since; a count that is smaller than before began anew. */
    RowCounts since(RowCounts before) {
        return new RowCounts(
                grown(before.scans, scans),
                grown(before.rowsRead, rowsRead),
                grown(before.inserted, inserted),
                grown(before.updated, updated),
                grown(before.deleted, deleted));
    }

    private static long grown(long before, long now) {
        return now >= before ? now - before : now;
    }
}
