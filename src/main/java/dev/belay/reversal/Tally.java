package dev.belay.reversal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many rows tables have, and how many values that are not NULL their columns have. */
record Tally(Map<ObjectKey, Long> counts) {

    static final Tally NONE = new Tally(Map.of());

    Tally {
        counts = Map.copyOf(counts);
    }

    static Tally of(Connection session, Structure structure) throws SQLException {
        Map<ObjectKey, Long> counts = new HashMap<>();
        for (SchemaObject table : structure.all()) {
            if (table.kind() == Kind.TABLE) {
                counts.putAll(of(session, structure, table).counts());
            }
        }
        return new Tally(counts);
    }

    /** Of one table, its partitions and children included. */
    static Tally of(Connection session, Structure structure, SchemaObject table) throws SQLException {
        List<SchemaObject> columns = structure.partsOf(table).stream()
                .filter(part -> part.kind() == Kind.COLUMN)
                .toList();
        StringBuilder sql = new StringBuilder("SELECT count(*)");
        columns.forEach(column -> sql.append(", count(").append(column.name()).append(')'));
        sql.append(" FROM ").append(structure.nameOf(table));
        Map<ObjectKey, Long> counts = new HashMap<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql.toString())) {
            row.next();
            counts.put(table.key(), row.getLong(1));
            for (int i = 0; i < columns.size(); i++) {
                counts.put(columns.get(i).key(), row.getLong(i + 2));
            }
        }
        return new Tally(counts);
    }

    long of(SchemaObject object) {
        return counts.getOrDefault(object.key(), 0L);
    }
}
