package dev.belay.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads where sequences stand, from the sequences themselves: the view pg_sequences hides one that is not used yet. */
final class SequencePositions {

    private static final int AT_ONCE = 200;

    private SequencePositions() {}

    static SortedMap<String, SequenceRange> read(Connection connection) throws SQLException {
        List<Named> sequences = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(Sql.load("sequence_names"))) {
            while (rows.next()) {
                sequences.add(new Named(rows.getString(1), rows.getBoolean(2), rows.getBoolean(3)));
            }
        }
        SortedMap<String, SequenceRange> positions = new TreeMap<>();
        for (int start = 0; start < sequences.size(); start += AT_ONCE) {
            read(connection, sequences.subList(start, Math.min(start + AT_ONCE, sequences.size())), positions);
        }
        return positions;
    }

    private static void read(Connection connection, List<Named> some, SortedMap<String, SequenceRange> positions)
            throws SQLException {
        List<String> selects = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            selects.add("SELECT " + i + ", last_value, is_called FROM " + some.get(i).identity);
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(String.join(" UNION ALL ", selects))) {
            while (rows.next()) {
                Named named = some.get(rows.getInt(1));
                SequenceRange.Position position = new SequenceRange.Position(rows.getLong(2), rows.getBoolean(3));
                positions.put(named.identity, new SequenceRange(position, position, named.ascending, named.cycles));
            }
        }
    }

    private record Named(String identity, boolean ascending, boolean cycles) {}
}
