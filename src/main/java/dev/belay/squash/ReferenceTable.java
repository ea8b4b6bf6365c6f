package dev.belay.squash;

import static dev.belay.postgres.Identifiers.quote;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A table that may hold rows which scripts have put in.
 *
 * @param columns those that can be written
 * @param numbered whether a column is always numbered by PostgreSQL
 * @param triggers those that would fire, with how they are enabled
 * @param needs the tables that its foreign keys lead to
 */
record ReferenceTable(
        String schema,
        String name,
        List<String> columns,
        boolean numbered,
        Map<String, String> triggers,
        List<String> needs) {

    ReferenceTable {
        columns = List.copyOf(columns);
        needs = List.copyOf(needs);
    }

    String identity() {
        return schema + "." + name;
    }

    String sql() {
        return quote(schema) + "." + quote(name);
    }

    static Map<String, ReferenceTable> in(Connection session) throws SQLException {
        Map<String, ReferenceTable> found = new LinkedHashMap<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(load())) {
            while (row.next()) {
                ReferenceTable table = new ReferenceTable(
                        row.getString("schema"),
                        row.getString("name"),
                        texts(row, "columns"),
                        row.getBoolean("numbered"),
                        triggers(row),
                        texts(row, "needs"));
                found.put(table.identity(), table);
            }
        }
        return found;
    }

    private static Map<String, String> triggers(ResultSet row) throws SQLException {
        Map<String, String> triggers = new LinkedHashMap<>();
        List<String> names = texts(row, "triggers");
        List<String> enabled = texts(row, "enabled");
        for (int i = 0; i < names.size(); i++) {
            triggers.put(names.get(i), enabled.get(i).equals("A") ? "ENABLE ALWAYS" : "ENABLE");
        }
        return triggers;
    }

    /** The rows as literals, in the order in which they were put in, so that the script reads as the old ones did. */
    List<String> rows(Connection session) throws SQLException {
        List<String> rows = new ArrayList<>();
        if (columns.isEmpty()) {
            return rows;
        }
        String values = columns.stream()
                .map(column -> "pg_catalog.quote_nullable(" + quote(column) + "::text)")
                .collect(Collectors.joining(" || ', ' || "));
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + values + " FROM ONLY " + sql() + " ORDER BY ctid")) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static String load() {
        try (InputStream file = ReferenceTable.class.getResourceAsStream("tables.sql")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
