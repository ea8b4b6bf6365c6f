package dev.belay.trace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds foreign keys that no usable index on their own side begins with. */
final class UnindexedKeys {

    private static final String QUERY =
            "SELECT o.oid::bigint, o.conname, pg_catalog.format('%I.%I', n.nspname, c.relname),"
                    + " ARRAY(SELECT a.attname::text FROM unnest(o.conkey) WITH ORDINALITY k (attnum, place)"
                    + " JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.attnum ORDER BY k.place)"
                    + " FROM pg_catalog.pg_constraint o JOIN pg_catalog.pg_class c ON c.oid = o.conrelid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE o.contype = 'f' AND o.conrelid = ANY (?) AND NOT EXISTS ("
                    + "SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = o.conrelid AND i.indisvalid AND i.indpred IS NULL"
                    + " AND (i.indkey::int2[])[0:cardinality(o.conkey) - 1] @> o.conkey) ORDER BY 3, 2";

    private UnindexedKeys() {}

    static List<Trace.UnindexedKey> of(Connection session, Set<Long> tables, Set<Long> before) throws SQLException {
        List<Trace.UnindexedKey> keys = new ArrayList<>();
        try (PreparedStatement query = session.prepareStatement(QUERY)) {
            query.setArray(1, session.createArrayOf("oid", tables.toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    keys.add(new Trace.UnindexedKey(
                            rows.getString(2),
                            rows.getString(3),
                            List.of((String[]) rows.getArray(4).getArray()),
                            !before.contains(rows.getLong(1))));
                }
            }
        }
        return keys;
    }
}
