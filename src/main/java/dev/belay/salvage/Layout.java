package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import dev.belay.catalog.Identities;
import dev.belay.catalog.TableIdentity;
import dev.belay.postgres.DatabaseAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a merge has to know of one database's tables.
 *
 * @param tables by their written names, schema and quotes included
 */
record Layout(Map<String, Table> tables) {

    /** A key has no predicate and no expression, is checked at once, and its columns are never null. */
    private static final String KEYS = """
            SELECT i.indrelid::bigint AS oid, i.indkey[0:i.indnkeyatts - 1]::int[] AS attnums
            FROM pg_catalog.pg_index i
            WHERE i.indisunique AND i.indimmediate AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
                AND NOT EXISTS (
                    SELECT FROM pg_catalog.unnest(i.indkey[0:i.indnkeyatts - 1]) k(attnum)
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                    WHERE NOT a.attnotnull)
            ORDER BY i.indrelid, NOT i.indisprimary, i.indnkeyatts, i.indexrelid
            """;

    /** Columns that PostgreSQL fills itself. */
    private static final String FILLED = """
            SELECT a.attrelid::bigint AS oid, a.attnum::int, a.attgenerated <> '' AS generated
            FROM pg_catalog.pg_attribute a
            WHERE a.attnum > 0 AND NOT a.attisdropped AND (a.attgenerated <> '' OR a.attidentity = 'a')
            """;

    /**
     * One table.
     *
     * @param keys the attnums of each of its keys, the primary key first
     * @param generated the attnums of the columns that are computed from others
     * @param alwaysIdentity the attnums of the columns that are {@code GENERATED ALWAYS AS IDENTITY}
     * @param bytes its size on disk, roughly
     */
    record Table(
            TableIdentity identity,
            List<Set<Integer>> keys,
            Set<Integer> generated,
            Set<Integer> alwaysIdentity,
            long bytes) {

        Optional<ColumnIdentity> column(int attnum) {
            return identity.columns().stream()
                    .filter(column -> column.attnum() == attnum)
                    .findFirst();
        }

        Optional<ColumnIdentity> column(String name) {
            return identity.columns().stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst();
        }

        boolean hasSameColumns(Table other) {
            return named(this).equals(named(other));
        }

        private static Set<String> named(Table table) {
            Set<String> names = new HashSet<>();
            table.identity.columns().forEach(column -> names.add(column.name() + " " + column.type()));
            return names;
        }
    }

    static Layout read(DatabaseAddress database) throws SQLException {
        try (Connection session = database.open()) {
            return read(session);
        }
    }

    static Layout read(Connection session) throws SQLException {
        Map<String, TableIdentity> identities = Identities.byName(session);
        try (Statement statement = session.createStatement()) {
            Map<Long, List<Set<Integer>>> keys = keys(statement);
            Map<Long, Set<Integer>> generated = new HashMap<>();
            Map<Long, Set<Integer>> always = new HashMap<>();
            try (ResultSet rows = statement.executeQuery(FILLED)) {
                while (rows.next()) {
                    (rows.getBoolean("generated") ? generated : always)
                            .computeIfAbsent(rows.getLong("oid"), oid -> new HashSet<>())
                            .add(rows.getInt("attnum"));
                }
            }
            Map<Long, Long> sizes = sizes(statement);
            Map<String, Table> tables = new TreeMap<>();
            identities.forEach((name, identity) -> tables.put(
                    name,
                    new Table(
                            identity,
                            keys.getOrDefault(identity.oid(), List.of()),
                            generated.getOrDefault(identity.oid(), Set.of()),
                            always.getOrDefault(identity.oid(), Set.of()),
                            sizes.getOrDefault(identity.oid(), 0L))));
            return new Layout(tables);
        }
    }

    /** The table with this OID, and its written name. */
    Optional<Map.Entry<String, Table>> byOid(long oid) {
        return tables.entrySet().stream()
                .filter(entry -> entry.getValue().identity().oid() == oid)
                .findFirst();
    }

    private static Map<Long, List<Set<Integer>>> keys(Statement statement) throws SQLException {
        Map<Long, List<Set<Integer>>> keys = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(KEYS)) {
            while (rows.next()) {
                Array attnums = rows.getArray("attnums");
                keys.computeIfAbsent(rows.getLong("oid"), oid -> new ArrayList<>())
                        .add(Set.copyOf(Arrays.asList((Integer[]) attnums.getArray())));
            }
        }
        return keys;
    }

    private static Map<Long, Long> sizes(Statement statement) throws SQLException {
        Map<Long, Long> sizes = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("SELECT oid::bigint, pg_catalog.pg_relation_size(oid)"
                + " FROM pg_catalog.pg_class WHERE relkind = 'r' AND oid >= 16384")) {
            while (rows.next()) {
                sizes.put(rows.getLong(1), rows.getLong(2));
            }
        }
        return sizes;
    }
}
