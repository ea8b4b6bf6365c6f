package dev.belay.check;

import dev.belay.check.Checker.Answer;
import dev.belay.postgres.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks a database in SQL, read only. */
final class SqlAsker {

    private static final int ROWS_SEEN = 11;

    /** Tables, their partitions' parents, views of both kinds, foreign tables. */
    private static final String RELATIONS = """
            SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY c.relname""";

    private final CheckSession sessions;

    SqlAsker(CheckSession sessions) {
        this.sessions = sessions;
    }

    Answer isTrue(String sql) throws SQLException {
        return sessions.ask(
                true,
                session -> query(session, sql, rows -> {
                    if (rows.getMetaData().getColumnCount() != 1) {
                        return Answer.failed("has to return one column, but returns "
                                + rows.getMetaData().getColumnCount());
                    }
                    if (!rows.next()) {
                        return Answer.failed("has to return true, but returns no row");
                    }
                    Object value = rows.getObject(1);
                    if (value != null && !(value instanceof Boolean)) {
                        return Answer.failed("has to return true or false, but returns a value of the type "
                                + rows.getMetaData().getColumnTypeName(1));
                    }
                    if (rows.next()) {
                        return Answer.failed("has to return one row, but returns more");
                    }
                    return Boolean.TRUE.equals(value)
                            ? Answer.passed("true")
                            : Answer.failed("has to be true, but is " + (value == null ? "NULL" : "false"));
                }));
    }

    Answer hasNoRows(String sql) throws SQLException {
        return sessions.ask(
                true,
                session -> query(session, sql, rows -> {
                    int seen = 0;
                    while (rows.next()) {
                        seen++;
                    }
                    return seen == 0
                            ? Answer.passed("no rows")
                            : Answer.failed("has to return no row, but returns "
                                    + (seen < ROWS_SEEN ? seen : "more than " + (ROWS_SEEN - 1)));
                }));
    }

    /** Reads a row of each table and view, so that a missing privilege and a view that cannot be run are found. */
    Answer isReadable(String schema) throws SQLException {
        return sessions.ask(true, session -> {
            List<String> names = relations(session, schema);
            if (names.isEmpty()) {
                return Answer.failed("has no table or view to read: is the schema there?");
            }
            for (String name : names) {
                try (Statement statement = session.createStatement()) {
                    statement.execute(
                            "SELECT * FROM " + Identifiers.quote(schema) + "." + Identifiers.quote(name) + " LIMIT 1");
                } catch (SQLException e) {
                    return sessions.refused(name + ": ", e);
                }
            }
            return Answer.passed(names.size() + " tables and views read");
        });
    }

    private static List<String> relations(Connection session, String schema) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(RELATIONS)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    private interface Reading {
        Answer of(ResultSet rows) throws SQLException;
    }

    private static Answer query(Connection session, String sql, Reading reading) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(ROWS_SEEN);
            try (ResultSet rows = statement.executeQuery(sql)) {
                return reading.of(rows);
            }
        }
    }
}
