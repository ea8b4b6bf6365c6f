package dev.belay.trace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The rows of PostgreSQL's catalog that a transaction has written and that are there now, by the relation they are about. */
record RowVersions(Map<Long, String> byRelation) {

    static final RowVersions NONE = new RowVersions(Map.of());

    // no row of another transaction has a negative age, or 0, but those that were written since
    private static final String OWN =
            "SELECT relation::bigint, pg_catalog.string_agg(version, ' ' ORDER BY version) FROM ("
                    + "SELECT oid AS relation, 'r' || ctid AS version FROM pg_catalog.pg_class WHERE age(xmin) <= 0"
                    + " UNION ALL SELECT attrelid, 'a' || ctid FROM pg_catalog.pg_attribute WHERE age(xmin) <= 0"
                    + " UNION ALL SELECT adrelid, 'd' || ctid FROM pg_catalog.pg_attrdef WHERE age(xmin) <= 0"
                    + " UNION ALL SELECT conrelid, 'c' || ctid FROM pg_catalog.pg_constraint WHERE age(xmin) <= 0"
                    + " UNION ALL SELECT indexrelid, 'i' || ctid FROM pg_catalog.pg_index WHERE age(xmin) <= 0"
                    + " UNION ALL SELECT tgrelid, 't' || ctid FROM pg_catalog.pg_trigger WHERE age(xmin) <= 0"
                    + ") own GROUP BY relation";

    RowVersions {
        byRelation = Map.copyOf(byRelation);
    }

    static RowVersions inTransaction(Connection session) throws SQLException {
        Map<Long, String> found = new HashMap<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(OWN)) {
            while (rows.next()) {
                found.put(rows.getLong(1), rows.getString(2));
            }
        }
        return new RowVersions(found);
    }

    /** The relations that rows were written about since then. */
    Set<Long> changedSince(RowVersions earlier) {
        Set<Long> changed = new HashSet<>(byRelation.keySet());
        changed.addAll(earlier.byRelation.keySet());
        changed.removeIf(relation -> Objects.equals(byRelation.get(relation), earlier.byRelation.get(relation)));
        return changed;
    }
}
