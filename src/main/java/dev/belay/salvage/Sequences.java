package dev.belay.salvage;

import dev.belay.postgres.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Moves the restored copy's sequences on to where the live ones stand, so that no number is given twice. */
final class Sequences {

    private static final String NAMES = "SELECT c.oid::bigint, c.oid::pg_catalog.regclass::text, s.seqincrement > 0"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid";

    private final Sessions sessions;
    private final Set<String> led = new HashSet<>();

    Sequences(Sessions sessions) {
        this.sessions = sessions;
    }

    private record Sequence(long oid, String name, boolean ascending) {}

    /** Returns how many were behind. */
    int moveOn() throws SQLException {
        Map<String, Sequence> migrated = read(sessions.migrated());
        Map<String, Sequence> backup = read(sessions.backup());
        int moved = 0;
        for (Sequence live : read(sessions.live()).values()) {
            Optional<Sequence> home = Optional.ofNullable(migrated.get(live.name))
                    .flatMap(same -> backup.values().stream()
                            .filter(sequence -> sequence.oid == same.oid)
                            .findFirst())
                    .or(() -> Optional.ofNullable(backup.get(live.name)));
            home.ifPresent(sequence -> led.add(sequence.name));
            if (home.isPresent() && moveOn(live, home.get())) {
                moved++;
            }
        }
        return moved;
    }

    /**
     * Moves the sequences that a table's columns own and the live database has no longer past the values that are there:
     * applications chose those ids themselves. Returns how many were behind.
     */
    int movePast(Staged table) throws SQLException {
        String sql = "SELECT s.oid::bigint, s.oid::pg_catalog.regclass::text, q.seqincrement > 0, a.attname"
                + " FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'"
                + " JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid"
                + " JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
                + " WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = ?"
                + " AND d.deptype IN ('a', 'i')";
        int moved = 0;
        try (PreparedStatement statement = sessions.successor().prepareStatement(sql)) {
            statement.setLong(1, table.oid());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Sequence own = new Sequence(rows.getLong(1), rows.getString(2), rows.getBoolean(3));
                    Optional<Long> last =
                            led.contains(own.name) ? Optional.empty() : last(table, own, rows.getString(4));
                    moved += last.isPresent() && moveTo(own, new Position(last.get(), true)) ? 1 : 0;
                }
            }
        }
        return moved;
    }

    private Optional<Long> last(Staged table, Sequence own, String column) throws SQLException {
        String of = "pg_catalog." + (own.ascending ? "max(" : "min(") + Identifiers.quote(column) + ")::bigint";
        try (Statement statement = sessions.successor().createStatement();
                ResultSet row = statement.executeQuery("SELECT " + of + " FROM ONLY " + table.table())) {
            row.next();
            long value = row.getLong(1);
            return row.wasNull() ? Optional.empty() : Optional.of(value);
        }
    }

    private boolean moveOn(Sequence live, Sequence home) throws SQLException {
        return moveTo(home, position(sessions.live(), live));
    }

    private boolean moveTo(Sequence home, Position there) throws SQLException {
        Position here = position(sessions.successor(), home);
        boolean behind = home.ascending ? here.last < there.last : here.last > there.last;
        if (!behind && !(here.last == there.last && there.called && !here.called)) {
            return false;
        }
        String sql = "SELECT pg_catalog.setval(?::pg_catalog.regclass, ?, ?)";
        try (PreparedStatement statement = sessions.successor().prepareStatement(sql)) {
            statement.setString(1, home.name);
            statement.setLong(2, there.last);
            statement.setBoolean(3, there.called);
            statement.execute();
        }
        return true;
    }

    private record Position(long last, boolean called) {}

    private static Position position(Connection session, Sequence sequence) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT last_value, is_called FROM " + sequence.name)) {
            row.next();
            return new Position(row.getLong(1), row.getBoolean(2));
        }
    }

    private static Map<String, Sequence> read(Connection session) throws SQLException {
        Map<String, Sequence> sequences = new TreeMap<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(NAMES)) {
            while (rows.next()) {
                sequences.put(rows.getString(2), new Sequence(rows.getLong(1), rows.getString(2), rows.getBoolean(3)));
            }
        }
        return sequences;
    }
}
