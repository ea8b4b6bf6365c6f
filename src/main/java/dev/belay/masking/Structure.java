package dev.belay.masking;

import dev.belay.catalog.TableName;
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
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tables of a database, with what makes their values depend on each other.
 *
 * @param tables by name
 * @param links foreign keys, column by column
 */
record Structure(Map<TableName, Table> tables, List<Link> links) {

    /**
     * A table.
     *
     * @param identity its name as SQL writes it
     * @param holdsRows false for a partitioned one
     * @param ancestors those it is a partition of or inherits from, directly or not
     */
    record Table(TableName name, String identity, boolean holdsRows, List<TableName> ancestors, List<Column> columns) {

        Optional<Column> column(String column) {
            return columns.stream()
                    .filter(candidate -> candidate.id().column().equals(column))
                    .findFirst();
        }
    }

    /** A column that points at another. */
    record Link(ColumnId from, ColumnId to) {}

    /** What the session's database has, but for tables that {@code left} tells. */
    static Structure read(Connection session, Predicate<TableName> left) throws SQLException {
        Map<TableName, Table> tables = new LinkedHashMap<>();
        try (Statement statement = session.createStatement()) {
            try (ResultSet rows = statement.executeQuery(sql("columns"))) {
                while (rows.next()) {
                    TableName name = new TableName(rows.getString("schema"), rows.getString("table"));
                    if (!left.test(name)) {
                        String identity = rows.getString("identity");
                        boolean holds = rows.getBoolean("holds_rows");
                        tables.computeIfAbsent(
                                        name,
                                        key -> new Table(key, identity, holds, new ArrayList<>(), new ArrayList<>()))
                                .columns()
                                .add(column(name, rows));
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery(sql("ancestors"))) {
                while (rows.next()) {
                    Table child = tables.get(new TableName(rows.getString(1), rows.getString(2)));
                    TableName parent = new TableName(rows.getString(3), rows.getString(4));
                    if (child != null && tables.containsKey(parent)) {
                        child.ancestors().add(parent);
                    }
                }
            }
            return new Structure(tables, links(statement, tables));
        }
    }

    private static Column column(TableName table, ResultSet row) throws SQLException {
        return new Column(
                new ColumnId(table, row.getString("name")),
                row.getString("type"),
                row.getString("base"),
                row.getString("category"),
                row.getInt("modifier"),
                row.getBoolean("not_null"),
                row.getBoolean("computed"),
                row.getBoolean("always_identity"),
                row.getBoolean("is_unique"),
                row.getBoolean("partition_key"));
    }

    private static List<Link> links(Statement statement, Map<TableName, Table> tables) throws SQLException {
        List<Link> links = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql("links"))) {
            while (rows.next()) {
                TableName from = new TableName(rows.getString(1), rows.getString(2));
                TableName to = new TableName(rows.getString(4), rows.getString(5));
                if (tables.containsKey(from) && tables.containsKey(to)) {
                    links.add(new Link(new ColumnId(from, rows.getString(3)), new ColumnId(to, rows.getString(6))));
                }
            }
        }
        return links;
    }

    Table table(TableName name) {
        return Objects.requireNonNull(tables.get(name));
    }

    /** The column; empty when there is none. */
    Optional<Column> find(ColumnId id) {
        return Optional.ofNullable(tables.get(id.table())).flatMap(table -> table.column(id.column()));
    }

    /** Whether a table above has the column as its partition key, or it has it itself. */
    boolean decidesPartition(Column column) {
        return column.partitionKey()
                || table(column.id().table()).ancestors().stream()
                        .flatMap(ancestor -> table(ancestor).column(column.id().column()).stream())
                        .anyMatch(Column::partitionKey);
    }

    private static String sql(String name) {
        try (InputStream file = Objects.requireNonNull(Structure.class.getResourceAsStream(name + ".sql"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
