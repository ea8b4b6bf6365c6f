package dev.belay.postgres;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The roles of a server with what they may do, as far as a copy of a database needs them: owners, grantees and members
 * must exist for a restore to succeed and for a rehearsed script to be refused what production would refuse it.
 */
public record Roles(List<Role> roles, List<Membership> memberships) {

    /** A role; its password and its right to log in are not copied. */
    public record Role(String name, boolean superuser, boolean inherits, boolean bypassesRowSecurity) {}

    /** One role's membership in another. */
    public record Membership(String group, String member, boolean admin) {}

    public static Roles read(Connection session) throws SQLException {
        Roles found = new Roles(new ArrayList<>(), new ArrayList<>());
        try (Statement statement = session.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("SELECT rolname, rolsuper, rolinherit, rolbypassrls FROM pg_roles"
                            + " WHERE rolname !~ '^pg_' ORDER BY rolname")) {
                while (rows.next()) {
                    found.roles.add(
                            new Role(rows.getString(1), rows.getBoolean(2), rows.getBoolean(3), rows.getBoolean(4)));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT pg_get_userbyid(roleid), pg_get_userbyid(member),"
                    + " admin_option FROM pg_auth_members ORDER BY 1, 2")) {
                while (rows.next()) {
                    found.memberships.add(new Membership(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
                }
            }
        }
        return found;
    }

    /**
     * Makes the roles on another server, without the right to log in. What is there already is brought up to date; the role
     * of the session itself is left alone.
     */
    public void copyTo(Connection session) throws SQLException {
        String self = session.getMetaData().getUserName();
        try (Statement statement = session.createStatement()) {
            for (Role role : roles) {
                if (!role.name().equals(self)) {
                    statement.execute(
                            "DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = " + literal(role.name())
                                    + ") THEN CREATE ROLE " + quote(role.name()) + " NOLOGIN; END IF; END $do$");
                    statement.execute("ALTER ROLE " + quote(role.name())
                            + (role.superuser() ? " SUPERUSER" : " NOSUPERUSER")
                            + (role.inherits() ? " INHERIT" : " NOINHERIT")
                            + (role.bypassesRowSecurity() ? " BYPASSRLS" : " NOBYPASSRLS"));
                }
            }
            for (Membership membership : memberships) {
                if (!membership.member().equals(self) && !membership.group().equals(self)) {
                    statement.execute("GRANT " + quote(membership.group()) + " TO " + quote(membership.member())
                            + (membership.admin() ? " WITH ADMIN OPTION" : ""));
                }
            }
        }
    }
}
