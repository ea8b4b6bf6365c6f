package dev.belay.salvage;

import dev.belay.postgres.DatabaseAddress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** All rows of a database as text, by table; those of partitions with what they belong to. */
record Contents(Shape shape, Map<Long, List<Row>> rows) {

    static final String NULL = "NULL";

    /** A row: each column's name with its value, which is {@link #NULL} or its text after an equals sign. */
    record Row(Map<String, String> values) {

        String get(String column) {
            return Objects.requireNonNull(values.get(column), column);
        }

        List<String> get(Collection<String> columns) {
            return columns.stream().map(this::get).toList();
        }
    }

    static Contents read(DatabaseAddress database) throws SQLException {
        try (Session session = new Session(database)) {
            return read(session);
        }
    }

    static Contents read(Session session) throws SQLException {
        Shape shape = Shape.read(session);
        Map<Long, List<Row>> rows = new HashMap<>();
        for (Shape.Table table : shape.tables()) {
            rows.put(table.oid(), rows(session, table.quoted(), names(table.writable())));
        }
        return new Contents(shape, rows);
    }

    static List<Row> rows(Session session, String from, List<String> columns) throws SQLException {
        if (columns.isEmpty()) {
            return List.of();
        }
        String select = columns.stream()
                .map(column -> "coalesce('=' || " + dev.belay.postgres.Identifiers.quote(column) + "::text, 'NULL')")
                .collect(Collectors.joining(", "));
        List<Row> rows = new ArrayList<>();
        for (List<?> found : session.ask("SELECT " + select + " FROM " + from)) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), String.valueOf(found.get(i)));
            }
            rows.add(new Row(values));
        }
        return rows;
    }

    List<Row> of(Shape.Table table) {
        return Objects.requireNonNull(rows.get(table.oid()));
    }

    static List<String> names(List<Shape.Column> columns) {
        return columns.stream().map(Shape.Column::name).toList();
    }

    /** How often each content is there. */
    static Map<List<String>, Integer> counted(List<Row> rows, Collection<String> columns) {
        Map<List<String>, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.get(columns), 1, Integer::sum));
        return counts;
    }

    /** What is more often on the left than on the right, and how much more often. */
    static Map<List<String>, Integer> more(Map<List<String>, Integer> left, Map<List<String>, Integer> right) {
        Map<List<String>, Integer> more = new HashMap<>();
        left.forEach((content, count) -> {
            int excess = count - right.getOrDefault(content, 0);
            if (excess > 0) {
                more.put(content, excess);
            }
        });
        return more;
    }
}
