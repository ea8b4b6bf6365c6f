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

    private static final String COUNTS = "SELECT relid::bigint, seq_scan, seq_tup_read, n_tup_ins, n_tup_upd, n_tup_del"
            + " FROM pg_catalog.pg_stat_xact_all_tables WHERE relid >= 16384 AND schemaname NOT LIKE 'pg\\_%'"
            + " AND seq_scan + n_tup_ins + n_tup_upd + n_tup_del > 0";

    /** Grows whenever the transaction writes to PostgreSQL's own catalog, so that an unchanged catalog need not be read. */
    private static final String CATALOG_WRITES = "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint"
            + " FROM pg_catalog.pg_stat_xact_sys_tables WHERE schemaname = 'pg_catalog'";

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

    static long catalogWrites(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(CATALOG_WRITES)) {
            row.next();
            return row.getLong(1);
        }
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
