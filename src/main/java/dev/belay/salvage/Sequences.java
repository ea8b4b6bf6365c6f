package dev.belay.salvage;

import dev.belay.postgres.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Moves the restored copy's sequences on to where the live ones stand, so that no number is given twice. */
final class Sequences {

    /** What a column is filled from: its default names the sequence, or it is an identity column. */
    private static final String ALL = """
            SELECT c.oid::bigint, c.oid::pg_catalog.regclass::text, s.seqincrement > 0, EXISTS (
                SELECT FROM pg_catalog.pg_depend d
                WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = c.oid
                    AND d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                UNION ALL
                SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'i')
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
            ORDER BY 2
            """;

    /** Positions are asked for so many sequences in one query: each costs a lock. */
    private static final int AT_ONCE = 200;

    private final Sessions sessions;
    private final Homes homes;
    private final Set<String> led = new HashSet<>();

    Sequences(Sessions sessions, Homes homes) {
        this.sessions = sessions;
        this.homes = homes;
    }

    /** @param feeds whether a column's default takes its values from it */
    private record Sequence(long oid, String name, boolean ascending, boolean feeds) {}

    private record Position(long last, boolean called) {}

    /** Which sequence of the backup a live one is: by its OID on the way there, else by its name. */
    record Homes(Map<String, Long> migrated, Map<Long, String> backup) {

        static Homes read(Connection migrated, Connection backup) throws SQLException {
            return new Homes(
                    all(migrated).stream().collect(Collectors.toMap(Sequence::name, Sequence::oid)),
                    all(backup).stream().collect(Collectors.toMap(Sequence::oid, Sequence::name)));
        }

        private Optional<String> of(Sequence live) {
            return Optional.ofNullable(migrated.get(live.name))
                    .map(backup::get)
                    .or(() -> backup.containsValue(live.name) ? Optional.of(live.name) : Optional.empty());
        }
    }

    /** Returns how many were behind. */
    int moveOn() throws SQLException {
        Map<String, Sequence> live = new LinkedHashMap<>();
        for (Sequence sequence : all(sessions.live())) {
            homes.of(sequence).ifPresent(home -> live.put(home, sequence));
        }
        live.forEach((home, sequence) -> {
            if (sequence.feeds) {
                led.add(home);
            }
        });
        Map<String, Position> there = positions(
                sessions.live(), live.values().stream().map(Sequence::name).toList());
        Map<String, Position> here = positions(sessions.successor(), List.copyOf(live.keySet()));
        int moved = 0;
        for (Map.Entry<String, Sequence> entry : live.entrySet()) {
            Position target = Objects.requireNonNull(there.get(entry.getValue().name));
            Position now = Objects.requireNonNull(here.get(entry.getKey()));
            moved += moveTo(entry.getKey(), entry.getValue().ascending, now, target) ? 1 : 0;
        }
        return moved;
    }

    /**
     * Moves the sequences that a table's columns own and no live column takes its values from any more past the values that
     * are there: applications chose those ids themselves. Returns how many were behind.
     */
    int movePast(Staged table) throws SQLException {
        String sql = "SELECT s.oid::pg_catalog.regclass::text, q.seqincrement > 0, a.attname"
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
                    String own = rows.getString(1);
                    boolean ascending = rows.getBoolean(2);
                    Optional<Long> last =
                            led.contains(own) ? Optional.empty() : last(table, ascending, rows.getString(3));
                    if (last.isPresent()) {
                        Position now = Objects.requireNonNull(
                                positions(sessions.successor(), List.of(own)).get(own));
                        moved += moveTo(own, ascending, now, new Position(last.get(), true)) ? 1 : 0;
                    }
                }
            }
        }
        return moved;
    }

    private Optional<Long> last(Staged table, boolean ascending, String column) throws SQLException {
        String of = "pg_catalog." + (ascending ? "max(" : "min(") + Identifiers.quote(column) + ")::bigint";
        try (Statement statement = sessions.successor().createStatement();
                ResultSet row = statement.executeQuery("SELECT " + of + " FROM ONLY " + table.table())) {
            row.next();
            long value = row.getLong(1);
            return row.wasNull() ? Optional.empty() : Optional.of(value);
        }
    }

    private boolean moveTo(String home, boolean ascending, Position here, Position there) throws SQLException {
        boolean behind = ascending ? here.last < there.last : here.last > there.last;
        if (!behind && !(here.last == there.last && there.called && !here.called)) {
            return false;
        }
        String sql = "SELECT pg_catalog.setval(?::pg_catalog.regclass, ?, ?)";
        try (PreparedStatement statement = sessions.successor().prepareStatement(sql)) {
            statement.setString(1, home);
            statement.setLong(2, there.last);
            statement.setBoolean(3, there.called);
            statement.execute();
        }
        return true;
    }

    private static Map<String, Position> positions(Connection session, List<String> names) throws SQLException {
        Map<String, Position> positions = new HashMap<>();
        try (Statement statement = session.createStatement()) {
            for (int from = 0; from < names.size(); from += AT_ONCE) {
                List<String> some = names.subList(from, Math.min(names.size(), from + AT_ONCE));
                String sql = some.stream()
                        .map(name -> "SELECT " + Identifiers.literal(name) + ", last_value, is_called FROM " + name)
                        .collect(Collectors.joining(" UNION ALL "));
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        positions.put(rows.getString(1), new Position(rows.getLong(2), rows.getBoolean(3)));
                    }
                }
            }
        }
        return positions;
    }

    private static List<Sequence> all(Connection session) throws SQLException {
        List<Sequence> sequences = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                sequences.add(new Sequence(rows.getLong(1), rows.getString(2), rows.getBoolean(3), rows.getBoolean(4)));
            }
        }
        return sequences;
    }
}
