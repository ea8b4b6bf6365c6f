package dev.belay.madaris;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the demo asks the portal's database itself, to judge what Belay says. */
final class Questions {

    private Questions() {}

    /** What lies under a name. */
    static String kind(Connection session, String name) throws SQLException {
        return ask(
                session,
                "SELECT CASE relkind WHEN 'r' THEN 'a table' WHEN 'v' THEN 'a view' ELSE 'something else' END"
                        + " FROM pg_class WHERE oid = to_regclass(?)",
                name);
    }

    /** The last name of a member, read by one of the table's names. */
    static String lastName(Connection session, String table, long member) throws SQLException {
        return ask(session, "SELECT last_name FROM " + table + " WHERE id = ?", member);
    }

    /** The number of a student, in the table of students or a copy of it. */
    static String studentNumber(Connection session, String table, long student) throws SQLException {
        return ask(session, "SELECT student_number FROM " + table + " WHERE id = ?", student);
    }

    /** Where Belay put what it saved of a table; the name ends with that of the table. */
    static String salvaged(Connection session, String table) throws SQLException {
        return ask(
                session,
                "SELECT format('belay_salvage.%I', name) FROM belay_salvage.contents"
                        + " WHERE name LIKE '%\\_' || ? ORDER BY kept_at DESC LIMIT 1",
                table);
    }

    /** How many of these members are there under their last names, each with its program and its referral. */
    static long registered(Connection session, Map<Long, String> lastNames) throws SQLException {
        return count(
                session,
                "SELECT count(*) FROM unnest(?::bigint[], ?::text[]) AS written (id, last_name)"
                        + " JOIN constituents_bmparliamentmember m USING (id, last_name)"
                        + " JOIN constituents_bmparliamentmember_programs p ON p.bmparliamentmember_id = m.id"
                        + " JOIN referrals_referral r ON r.member_id = m.id AND r.reference_number LIKE 'OLD-%'",
                lastNames);
    }

    /** How many of these members have the contact number that goes with them. */
    static long corrected(Connection session, Map<Long, String> contactNumbers) throws SQLException {
        return count(
                session,
                "SELECT count(*) FROM unnest(?::bigint[], ?::text[]) AS written (id, contact_number)"
                        + " JOIN constituents_bmparliamentmember USING (id, contact_number)",
                contactNumbers);
    }

    private static String ask(Connection session, String sql, Object parameter) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? String.valueOf(row.getString(1)) : "nothing";
            }
        }
    }

    private static long count(Connection session, String sql, Map<Long, String> written) throws SQLException {
        List<Long> ids = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        written.forEach((id, text) -> {
            ids.add(id);
            texts.add(text);
        });
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setArray(1, session.createArrayOf("bigint", ids.toArray()));
            statement.setArray(2, session.createArrayOf("text", texts.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
