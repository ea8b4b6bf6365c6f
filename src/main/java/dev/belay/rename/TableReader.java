package dev.belay.rename;

import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads tables with what is named after them. */
final class TableReader {

    private static final String FIND = "SELECT c.oid FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')";
    private static final String TABLE = "SELECT n.nspname, c.relname, c.relrowsecurity,"
            + " pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ?::oid";
    private static final String DEFAULT_GRANTEES = "SELECT DISTINCT CASE WHEN x.grantee = 0 THEN 'PUBLIC'"
            + " ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_default_acl d ON d.defaclobjtype = 'r'"
            + " AND d.defaclnamespace IN (0, c.relnamespace)"
            + " CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) x"
            + " WHERE c.oid = ?::oid AND x.grantee <> c.relowner ORDER BY 1";

    private final Connection session;

    TableReader(Connection session) {
        this.session = session;
    }

    /** Empty when there is no ordinary or partitioned table of that name. */
    Optional<Table> find(String schema, String name) throws SQLException {
        try (PreparedStatement query = session.prepareStatement(FIND)) {
            query.setString(1, schema);
            query.setString(2, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(read(row.getLong(1))) : Optional.empty();
            }
        }
    }

    /** As {@link #find}, for what a request names. */
    Table require(String schema, String name) throws SQLException {
        return find(schema, name)
                .orElseThrow(() -> ProblemType.INVALID_REQUEST.because("There is no table " + schema + "." + name
                        + " (views and foreign tables do not count). Nothing was written. Name a table that is there, with its"
                        + " schema when that is not public."));
    }

    Table read(long oid) throws SQLException {
        List<Held> held = held(oid);
        List<String> granted = rows(DEFAULT_GRANTEES, oid, row -> Objects.requireNonNull(row.getString(1)));
        List<Grant> grants = held.stream()
                .filter(one -> one.column.isEmpty())
                .map(Held::grant)
                .toList();
        List<String> grantees = grants.stream().map(Grant::grantee).distinct().toList();
        List<Column> columns = rows(load("columns"), oid, row -> column(row, held));
        List<Part> parts = rows(load("parts"), oid, TableReader::part);
        return rows(
                        TABLE,
                        oid,
                        row -> new Table(
                                oid,
                                row.getString(1),
                                row.getString(2),
                                row.getBoolean(3),
                                row.getString(4),
                                grants,
                                granted.stream()
                                        .filter(grantee -> !grantees.contains(grantee))
                                        .toList(),
                                columns,
                                parts))
                .get(0);
    }

    /** A privilege with the column that it is for; empty for the table. */
    private record Held(String column, Grant grant) {}

    private List<Held> held(long oid) throws SQLException {
        List<Held> held = new ArrayList<>();
        try (PreparedStatement query = session.prepareStatement(load("grants"))) {
            query.setLong(1, oid);
            query.setLong(2, oid);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    held.add(new Held(
                            row.getString("column"),
                            new Grant(
                                    row.getString("privilege"),
                                    row.getString("grantee"),
                                    row.getBoolean("grantable"))));
                }
            }
        }
        return held;
    }

    private static Column column(ResultSet row, List<Held> held) throws SQLException {
        String name = row.getString("name");
        return new Column(
                name,
                row.getString("type"),
                row.getString("collation"),
                row.getBoolean("filled"),
                row.getBoolean("generated"),
                row.getBoolean("key"),
                row.getBoolean("comparable"),
                held.stream()
                        .filter(one -> one.column.equals(name))
                        .map(Held::grant)
                        .collect(Collectors.toList()));
    }

    private static Part part(ResultSet row) throws SQLException {
        return new Part(
                Part.Kind.valueOf(row.getString("kind")),
                row.getString("schema"),
                row.getString("name"),
                texts(row, "columns"),
                texts(row, "uses"),
                row.getString("referenced"),
                texts(row, "referenced_columns"),
                row.getString("definition"),
                row.getString("type"));
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** Makes something of a row. */
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, long oid, Reading<T> reading) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement query = session.prepareStatement(sql)) {
            query.setLong(1, oid);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(reading.of(row));
                }
            }
        }
        return found;
    }

    static String load(String name) {
        try (InputStream file = TableReader.class.getResourceAsStream(name + ".sql")) {
            return new String(
                    Objects.requireNonNull(file, "no query named " + name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
