package dev.belay.trace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How many rows of PostgreSQL's own catalog a transaction has written so far, by catalog table. It only grows. */
record CatalogWrites(Map<String, Counts> tables) {

    private static final String WRITES =
            "SELECT * FROM (SELECT c.relname, pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) i,"
                    + " pg_catalog.pg_stat_get_xact_tuples_updated(c.oid) u, pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) d"
                    + " FROM pg_catalog.pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'pg_catalog'::regnamespace) w"
                    + " WHERE i + u + d > 0";

    /** Tables that say nothing of what a snapshot shows. */
    private static final Set<String> ASIDE = Set.of("pg_depend", "pg_shdepend", "pg_description", "pg_statistic");

    /** Tables whose updated rows are found again by {@link RowVersions}. */
    private static final Set<String> UPDATED =
            Set.of("pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_index");

    /** Whoever takes a default away writes the column's row anew. */
    private static final Set<String> DELETED = Set.of("pg_attrdef");

    private static final Set<String> TYPES = Set.of("pg_type", "pg_enum");

    CatalogWrites {
        tables = Map.copyOf(tables);
    }

    /** Rows of one catalog table. */
    record Counts(long inserted, long updated, long deleted) {
        static final Counts NONE = new Counts(0, 0, 0);
    }

    static CatalogWrites inTransaction(Connection session) throws SQLException {
        Map<String, Counts> found = new HashMap<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(WRITES)) {
            while (rows.next()) {
                found.put(rows.getString(1), new Counts(rows.getLong(2), rows.getLong(3), rows.getLong(4)));
            }
        }
        return new CatalogWrites(found);
    }

    /** Whether all that was written since then shows in the versions of the rows that are there now. */
    boolean leaveVersionsSince(CatalogWrites earlier) {
        return tables.entrySet().stream().allMatch(entry -> {
            String table = entry.getKey();
            Counts was = earlier.tables.getOrDefault(table, Counts.NONE);
            Counts is = entry.getValue();
            return ASIDE.contains(table)
                    || ((is.updated == was.updated || UPDATED.contains(table))
                            && (is.deleted == was.deleted || DELETED.contains(table)));
        });
    }

    boolean hasTypesSince(CatalogWrites earlier) {
        return TYPES.stream()
                .anyMatch(table -> !tables.getOrDefault(table, Counts.NONE)
                        .equals(earlier.tables.getOrDefault(table, Counts.NONE)));
    }
}
