package dev.belay.madaris;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The portal's statements as old releases send them, with the old names throughout. */
final class Portal {

    static final String MEMBERS = "constituents_bmparliamentmember";
    static final String STUDENTS = "constituents_student";

    private static final String REGISTER = """
            WITH account AS (
                INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active,
                                       date_joined)
                VALUES ('!', false, ?, 'Aisha', ?, '', false, true, now())
                RETURNING id
            )
            INSERT INTO %s (
                user_id, date_of_application, last_name, first_name, middle_name, contact_number, email, age, sex,
                address_barangay, address_municipality, address_province,
                voter_address_barangay, voter_address_municipality, voter_address_province,
                sector, highest_education, school_graduated, eligibility, college_school, year_level,
                pwd_disability_type, cancer_patient, dialysis_patient, voter_id_photo,
                status, denial_reason, created_at, updated_at)
            SELECT id, current_date, ?, 'Aisha', '', '09170000000', '', 19, 'female',
                   'Poblacion', 'Cotabato City', 'Cotabato City', 'Poblacion', 'Cotabato City', 'Cotabato City',
                   'youth', 'high_school', '', '', '', '', '', false, false, '', 'pending', '', now(), now()
            FROM account
            RETURNING id
            """;

    private final PreparedStatement register;
    private final PreparedStatement refer;
    private final PreparedStatement join;
    private final PreparedStatement correct;
    private final PreparedStatement read;

    /** The statements are prepared once, as a pooled connection would have them when the tables change beneath it. */
    Portal(Connection session) throws SQLException {
        register = session.prepareStatement(REGISTER.formatted(MEMBERS));
        refer = session.prepareStatement("""
                INSERT INTO referrals_referral (reference_number, referred_to, reason, status, referred_on, created_at,
                                                updated_at, member_id)
                VALUES (?, 'Ministry of Basic Education', 'School transfer', 'open', current_date, now(), now(), ?)""");
        join = session.prepareStatement(
                "INSERT INTO constituents_bmparliamentmember_programs (bmparliamentmember_id, program_id) VALUES (?, 1)");
        correct =
                session.prepareStatement("UPDATE constituents_bmparliamentmember SET contact_number = ? WHERE id = ?");
        read = session.prepareStatement("""
                SELECT m.last_name, p.program_id, r.reference_number
                FROM constituents_bmparliamentmember m
                JOIN constituents_bmparliamentmember_programs p ON p.bmparliamentmember_id = m.id
                JOIN referrals_referral r ON r.member_id = m.id
                WHERE m.id = ?""");
    }

    /** A new member with an account; returns its id. */
    long register(String name) throws SQLException {
        return register(register, name);
    }

    /** The same, once, through a table or view of the given name. */
    static long register(Connection session, String table, String name) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(REGISTER.formatted(table))) {
            return register(statement, name);
        }
    }

    void refer(long member, String reference) throws SQLException {
        refer.setString(1, reference);
        refer.setLong(2, member);
        refer.executeUpdate();
    }

    void join(long member) throws SQLException {
        join.setLong(1, member);
        join.executeUpdate();
    }

    /** Returns whether there was such a member. */
    boolean correct(long member, String contactNumber) throws SQLException {
        correct.setString(1, contactNumber);
        correct.setLong(2, member);
        return correct.executeUpdate() == 1;
    }

    /** Whether the member reads as it was written: its name, its program and its referral. */
    boolean reads(long member, String name, String reference) throws SQLException {
        read.setLong(1, member);
        try (ResultSet rows = read.executeQuery()) {
            return rows.next()
                    && name.equals(rows.getString(1))
                    && rows.getLong(2) == 1
                    && reference.equals(rows.getString(3))
                    && !rows.next();
        }
    }

    private static long register(PreparedStatement statement, String name) throws SQLException {
        statement.setString(1, name.replace(' ', '-'));
        statement.setString(2, name);
        statement.setString(3, name);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
