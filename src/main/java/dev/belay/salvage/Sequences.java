package dev.belay.salvage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Moves the restored copy's sequences on to where the live ones stand, so that no number is given twice. */
final class Sequences {

    private static final String NAMES = "SELECT c.oid::bigint, c.oid::pg_catalog.regclass::text, s.seqincrement > 0"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid";

    /** The sequences that belong to columns of a table. */
    private static final String FILLING = """
            SELECT s.seqrelid::bigint, s.seqrelid::pg_catalog.regclass::text, s.seqincrement > 0,
                pg_catalog.quote_ident(a.attname)
            FROM pg_catalog.pg_depend d
            JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
            JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
                AND d.deptype IN ('a', 'i') AND d.refobjid = ?::pg_catalog.regclass
                AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
            """;

    private final Sessions sessions;

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
            if (home.isPresent() && moveOn(live, home.get())) {
                moved++;
            }
        }
        return moved;
    }

    private boolean moveOn(Sequence live, Sequence home) throws SQLException {
        Position there = position(sessions.live(), live);
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

    private record Filled(Sequence sequence, String column) {}

    /**
     * Moves those that fill a column of a table past what was carried into it: the live database may have had another
     * sequence for it, or none.
     *
     * @param table its written name
     * @return how many were behind
     */
    int movePast(String table) throws SQLException {
        List<Filled> filling = new ArrayList<>();
        try (PreparedStatement statement = sessions.successor().prepareStatement(FILLING)) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    filling.add(new Filled(
                            new Sequence(rows.getLong(1), rows.getString(2), rows.getBoolean(3)), rows.getString(4)));
                }
            }
        }
        int moved = 0;
        for (Filled filled : filling) {
            moved += movePast(table, filled) ? 1 : 0;
        }
        return moved;
    }

    private boolean movePast(String table, Filled filled) throws SQLException {
        Position here = position(sessions.successor(), filled.sequence());
        boolean ascending = filled.sequence().ascending();
        String furthest =
                (ascending ? "SELECT pg_catalog.max(" : "SELECT pg_catalog.min(") + filled.column() + ") AS last";
        // Where the sequence itself is as far as that already, nothing is done.
        String sql = "SELECT pg_catalog.setval(?::pg_catalog.regclass, f.last::bigint) FROM (" + furthest + " FROM "
                + table + ") f WHERE f.last " + (ascending ? ">" : "<") + (here.called ? "" : "=") + " ?";
        try (PreparedStatement statement = sessions.successor().prepareStatement(sql)) {
            statement.setString(1, filled.sequence().name());
            statement.setLong(2, here.last);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
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
