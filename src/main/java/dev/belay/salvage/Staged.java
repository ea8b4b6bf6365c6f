package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.catalog.ColumnIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The decisions about one table's rows, as a temporary table in the restored database, and the statements that carry them
 * out there.
 */
final class Staged {

    private final Connection session;
    private final TablePair pair;
    private final String stage;
    private final Map<String, String> types;
    private final long oid;
    private long rows;
    private final List<List<@Nullable String>> buffer = new ArrayList<>();

    Staged(Connection session, TablePair pair, int number) throws SQLException {
        this.session = session;
        this.pair = pair;
        this.stage = "pg_temp.belay_stage_" + number;
        this.types = types(session, pair.requireHome());
        this.oid = oid(session, table());
        String columns = homeColumns()
                .map(column -> quote("c_" + column.attnum()) + " text")
                .collect(Collectors.joining(", "));
        try (Statement statement = session.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + stage);
            statement.execute("CREATE TEMP TABLE belay_stage_" + number
                    + " (row bigint PRIMARY KEY, action text NOT NULL, key text NOT NULL, why text"
                    + (columns.isEmpty() ? "" : ", " + columns) + ") ON COMMIT DROP");
        }
    }

    TablePair pair() {
        return pair;
    }

    String name() {
        return stage;
    }

    /** The restored table's OID, which is not that of the clones. */
    long oid() {
        return oid;
    }

    long rows() {
        return rows;
    }

    /** The restored table as SQL. */
    String table() {
        return pair.requireHome().table().identity().qualifiedName();
    }

    /** @param values in the order of the backup's columns; null for a row that is only to go */
    void add(ThreeWay.Action action, String key, @Nullable List<@Nullable String> values) throws SQLException {
        rows++;
        List<@Nullable String> row = new ArrayList<>(List.of(Long.toString(rows), action.name(), key));
        int width = pair.requireHome().columns().size();
        row.addAll(values == null ? Collections.nCopies(width, null) : values);
        buffer.add(row);
        if (buffer.size() >= 1000) {
            flush();
        }
    }

    void flush() throws SQLException {
        if (buffer.isEmpty()) {
            return;
        }
        String columns = Stream.concat(
                        Stream.of("row", "action", "key"), homeColumns().map(column -> quote("c_" + column.attnum())))
                .collect(Collectors.joining(", "));
        try (CopyText copy = CopyText.into(session, stage + " (" + columns + ")")) {
            for (List<@Nullable String> row : buffer) {
                copy.row(row);
            }
            var unused = copy.end();
        }
        buffer.clear();
    }

    /** The statement that writes the staged rows of an action whose numbers are in a range; parameters: from, to. */
    String write(ThreeWay.Action action) {
        Set<String> carried = action == ThreeWay.Action.INSERT ? carried() : Set.copyOf(pair.homeNames());
        List<ColumnIdentity> columns =
                homeColumns().filter(column -> carried.contains(column.name())).toList();
        String names = columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", "));
        String values = columns.stream().map(this::cast).collect(Collectors.joining(", "));
        return "INSERT INTO " + table() + " (" + names + ") OVERRIDING SYSTEM VALUE SELECT " + values + " FROM " + stage
                + " s WHERE s.action = '" + action + "' AND s.row BETWEEN ? AND ? ORDER BY s.row ON CONFLICT ("
                + names(pair.homeKeyNames()) + ") " + onConflict(columns);
    }

    /**
     * The statement that deletes the rows staged for it; parameters: from, to. A row that is also staged to be written,
     * under a key that is written otherwise and equal all the same, stays.
     */
    String delete() {
        return "DELETE FROM ONLY " + table() + " t USING " + stage
                + " s WHERE s.action = 'DELETE' AND s.row BETWEEN ? AND ? AND " + matches("t", "s")
                + " AND NOT EXISTS (SELECT FROM " + stage
                + " w WHERE w.action IN ('INSERT', 'WRITE') AND " + matches("t", "w") + ")";
    }

    /** A condition: the row of the restored table is the staged one. */
    String matches(String row, String staged) {
        return pair.key().stream()
                .map(column -> homeOf(column))
                .map(home -> row + "." + quote(home.name()) + " = " + cast(staged, home))
                .collect(Collectors.joining(" AND "));
    }

    /** A staged value as the restored column's type. */
    String cast(String staged, ColumnIdentity column) {
        return staged + "." + quote("c_" + column.attnum()) + "::" + types.get(column.name());
    }

    private String cast(ColumnIdentity column) {
        return cast("s", column);
    }

    /** The live rows' columns that the backup has. */
    private Set<String> carried() {
        Set<String> carried = new HashSet<>();
        for (MergeColumn column : pair.columns()) {
            if (column.home() != null) {
                carried.add(column.home().name());
            }
        }
        return carried;
    }

    private String onConflict(List<ColumnIdentity> columns) {
        Set<String> key = Set.copyOf(pair.homeKeyNames());
        Set<Integer> always = pair.requireHome().table().alwaysIdentity();
        String sets = columns.stream()
                .filter(column -> !key.contains(column.name()) && !always.contains(column.attnum()))
                .map(column -> quote(column.name()) + " = EXCLUDED." + quote(column.name()))
                .collect(Collectors.joining(", "));
        return sets.isEmpty() ? "DO NOTHING" : "DO UPDATE SET " + sets;
    }

    private Stream<ColumnIdentity> homeColumns() {
        return pair.requireHome().columns().stream();
    }

    private static ColumnIdentity homeOf(MergeColumn column) {
        return Objects.requireNonNull(column.home());
    }

    private static String names(List<String> columns) {
        return columns.stream().map(column -> quote(column)).collect(Collectors.joining(", "));
    }

    private static long oid(Connection session, String table) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT pg_catalog.to_regclass(?)::oid::bigint")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The types without length or precision: so that a value too long is refused, not cut. */
    private static Map<String, String> types(Connection session, TablePair.Home home) throws SQLException {
        Map<String, String> types = new TreeMap<>();
        String sql = "SELECT attname, pg_catalog.format_type(atttypid, -1) FROM pg_catalog.pg_attribute"
                + " WHERE attrelid = pg_catalog.to_regclass(?) AND attnum > 0 AND NOT attisdropped";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, home.table().identity().qualifiedName());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    types.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return types;
    }
}
