package dev.belay.trace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Snapshot}. None of the functions that it calls locks what it describes: a trace that took locks of its own
 * would show them.
 */
final class SnapshotReader {

    /** Neither PostgreSQL's own nor temporary: what only one session sees blocks nobody. */
    private static final String SEEN = "n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";

    private static final String RELATIONS =
            "SELECT c.oid::bigint, pg_catalog.format('%I.%I', n.nspname, c.relname), c.relkind,"
                    + " c.relfilenode::bigint,"
                    + " CASE WHEN c.relkind IN ('r', 'm') THEN coalesce(pg_catalog.pg_relation_size(c.oid), 0) ELSE 0 END, coalesce(i.indrelid, 0)::bigint,"
                    + " CASE WHEN i.indexrelid IS NULL THEN '' ELSE pg_catalog.pg_get_indexdef(i.indexrelid) END"
                    + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid"
                    + " WHERE c.relkind IN ('r', 'p', 'i', 'I', 'S', 'v', 'm', 'f') AND " + SEEN;

    private static final String COLUMNS = "SELECT a.attrelid::bigint, a.attnum, a.attname,"
            + " pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,"
            + " pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attgenerated = 's', a.attidentity <> ''"
            + " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
            + " WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f') AND " + SEEN;

    private static final String CONSTRAINTS =
            "SELECT o.oid::bigint, o.conrelid::bigint, o.conname, o.contype, o.convalidated,"
                    + " pg_catalog.pg_get_constraintdef(o.oid), o.conindid::bigint"
                    + " FROM pg_catalog.pg_constraint o JOIN pg_catalog.pg_namespace n ON n.oid = o.connamespace"
                    + " WHERE o.contype IN ('c', 'f', 'p', 'u', 'x') AND o.conrelid <> 0 AND " + SEEN;

    private static final String TRIGGERS =
            "SELECT t.oid::bigint, t.tgrelid::bigint, t.tgname, pg_catalog.pg_get_triggerdef(t.oid)"
                    + " FROM pg_catalog.pg_trigger t WHERE NOT t.tgisinternal";

    private static final String TYPES = "SELECT t.oid::bigint, pg_catalog.format('%I.%I', n.nspname, t.typname),"
            + " CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'c' THEN 'composite' ELSE 'range' END,"
            + " ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder)"
            + " FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
            + " LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid"
            + " WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c') AND " + SEEN;

    private final Connection session;
    private final @Nullable Set<Long> about;

    /** @param about the only relations to be read; null for all */
    private SnapshotReader(Connection session, @Nullable Set<Long> about) {
        this.session = session;
        this.about = about;
    }

    static Snapshot read(Connection session) throws SQLException {
        SnapshotReader all = new SnapshotReader(session, null);
        return new Snapshot(all.relations(), all.columns(), all.constraints(), all.triggers(), types(session));
    }

    /** Some relations, with their indexes and the foreign keys that lead to them, and no types. */
    static Snapshot read(Connection session, Set<Long> about) throws SQLException {
        SnapshotReader some = new SnapshotReader(session, about);
        return new Snapshot(some.relations(), some.columns(), some.constraints(), some.triggers(), Map.of());
    }

    private Map<Long, Snapshot.Relation> relations() throws SQLException {
        Map<Long, Snapshot.Relation> found = new HashMap<>();
        each(
                session,
                RELATIONS + only("c.oid", "i.indrelid"),
                row -> found.put(
                        row.getLong(1),
                        new Snapshot.Relation(
                                row.getLong(1),
                                row.getString(2),
                                RelationKind.of(row.getString(3)),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getString(7))));
        return found;
    }

    private Map<Snapshot.ColumnKey, Snapshot.Column> columns() throws SQLException {
        Map<Snapshot.ColumnKey, Snapshot.Column> found = new HashMap<>();
        each(
                session,
                COLUMNS + only("a.attrelid"),
                row -> found.put(
                        new Snapshot.ColumnKey(row.getLong(1), row.getInt(2)),
                        new Snapshot.Column(
                                row.getString(3),
                                row.getString(4),
                                row.getBoolean(5),
                                row.getString(6),
                                row.getBoolean(7),
                                row.getBoolean(8))));
        return found;
    }

    private Map<Long, Snapshot.Constraint> constraints() throws SQLException {
        Map<Long, Snapshot.Constraint> found = new HashMap<>();
        each(
                session,
                CONSTRAINTS + only("o.conrelid", "o.confrelid"),
                row -> found.put(
                        row.getLong(1),
                        new Snapshot.Constraint(
                                row.getLong(2),
                                row.getString(3),
                                row.getString(4),
                                row.getBoolean(5),
                                row.getString(6),
                                row.getLong(7))));
        return found;
    }

    private Map<Long, Snapshot.Trigger> triggers() throws SQLException {
        Map<Long, Snapshot.Trigger> found = new HashMap<>();
        each(
                session,
                TRIGGERS + only("t.tgrelid"),
                row -> found.put(
                        row.getLong(1), new Snapshot.Trigger(row.getLong(2), row.getString(3), row.getString(4))));
        return found;
    }

    static Map<Long, Snapshot.Type> types(Connection session) throws SQLException {
        Map<Long, Snapshot.Type> found = new HashMap<>();
        each(
                session,
                TYPES,
                row -> found.put(
                        row.getLong(1), new Snapshot.Type(row.getString(2), row.getString(3), List.of((String[])
                                row.getArray(4).getArray()))));
        return found;
    }

    /** OIDs are numbers: they can be written into the query. */
    private String only(String... columns) {
        Set<Long> oids = about;
        if (oids == null) {
            return "";
        }
        String list = oids.stream().map(String::valueOf).collect(Collectors.joining(","));
        return Stream.of(columns)
                .map(column -> column + " = ANY ('{" + list + "}'::oid[])")
                .collect(Collectors.joining(" OR ", " AND (", ")"));
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private static void each(Connection session, String sql, Row taker) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                taker.take(rows);
            }
        }
    }
}
