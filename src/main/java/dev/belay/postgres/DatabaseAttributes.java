package dev.belay.postgres;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a database but is in no dump of it, because pg_dump leaves it to {@code --create}: owner, grants,
 * connection limit, comment, tablespace, security labels, whether it is a template, and the settings of {@code ALTER DATABASE … SET}, those per role among them.
 *
 * @param connectionLimit -1 for none
 * @param comment null without one
 * @param grants null for PostgreSQL's default
 * @param template whether everybody who may create databases may clone it
 * @param tablespace null when it is not known
 * @param labels security labels of the database itself
 */
public record DatabaseAttributes(
        String owner,
        int connectionLimit,
        @Nullable String comment,
        @Nullable List<Grant> grants,
        List<Setting> settings,
        boolean template,
        @Nullable String tablespace,
        List<Label> labels) {

    public DatabaseAttributes {
        settings = List.copyOf(settings);
        // Manifests of before labels were written down have none.
        labels = labels == null ? List.of() : List.copyOf(labels);
    }

    /** A security label, as the provider that gave it writes it. */
    public record Label(String provider, String label) {}

    /**
     * One privilege of one role.
     *
     * @param role null for PUBLIC
     */
    public record Grant(@Nullable String role, String privilege, boolean grantable) {}

    /**
     * One setting.
     *
     * @param role the role it is for; null for all
     */
    public record Setting(@Nullable String role, String name, String value) {}

    public static DatabaseAttributes read(Connection session, String database) throws SQLException {
        String sql = "SELECT pg_get_userbyid(datdba), datconnlimit, shobj_description(d.oid, 'pg_database'),"
                + " datacl IS NOT NULL, datistemplate, spcname FROM pg_database d"
                + " JOIN pg_tablespace t ON t.oid = d.dattablespace WHERE datname = ?";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("database " + database + " does not exist", "3D000");
                }
                return new DatabaseAttributes(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getBoolean(4) ? grants(session, database) : null,
                        settings(session, database),
                        row.getBoolean(5),
                        row.getString(6),
                        labels(session, database));
            }
        }
    }

    public DatabaseAttributes withComment(@Nullable String newComment) {
        return new DatabaseAttributes(
                owner, connectionLimit, newComment, grants, settings, template, tablespace, labels);
    }

    /** Gives a database all of this, on whichever server the session is; roles must exist there. */
    public void applyTo(DatabaseAdmin admin, String database) throws SQLException {
        admin.execute("ALTER DATABASE " + quote(database) + " OWNER TO " + quote(owner));
        admin.execute("ALTER DATABASE " + quote(database) + " CONNECTION LIMIT " + connectionLimit);
        admin.execute(
                "COMMENT ON DATABASE " + quote(database) + " IS " + (comment == null ? "NULL" : literal(comment)));
        if (template) {
            admin.execute("ALTER DATABASE " + quote(database) + " IS_TEMPLATE true");
        }
        for (Label label : labels) {
            admin.execute("SECURITY LABEL FOR " + quote(label.provider()) + " ON DATABASE " + quote(database) + " IS "
                    + literal(label.label()));
        }
        applySettings(admin, database);
        applyGrants(admin, database);
    }

    /** Puts a new, empty database where this one lies: later all its files would have to be copied. */
    public void applyTablespace(DatabaseAdmin admin, String database) throws SQLException {
        if (tablespace != null
                && !tablespace.equals(read(admin.session(), database).tablespace())) {
            admin.execute("ALTER DATABASE " + quote(database) + " SET TABLESPACE " + quote(tablespace));
        }
    }

    /** Only what changes how a script runs: the settings. For a copy that nobody but Belay works on. */
    public void applySettings(DatabaseAdmin admin, String database) throws SQLException {
        for (Setting setting : settings) {
            String target = setting.role() == null
                    ? "DATABASE " + quote(database)
                    : "ROLE " + quote(setting.role()) + " IN DATABASE " + quote(database);
            admin.execute("ALTER " + target + " SET " + setting.name() + " = " + value(setting));
        }
    }

    private void applyGrants(DatabaseAdmin admin, String database) throws SQLException {
        if (grants == null) {
            return;
        }
        admin.execute("REVOKE ALL ON DATABASE " + quote(database) + " FROM PUBLIC, " + quote(owner));
        for (Grant grant : grants) {
            admin.execute("GRANT " + grant.privilege() + " ON DATABASE " + quote(database) + " TO "
                    + (grant.role() == null ? "PUBLIC" : quote(grant.role()))
                    + (grant.grantable() ? " WITH GRANT OPTION" : ""));
        }
    }

    /** The settings that are lists of names are stored as they have to be written; others are one literal. */
    private static String value(Setting setting) {
        List<String> lists = List.of(
                "search_path",
                "datestyle",
                "local_preload_libraries",
                "session_preload_libraries",
                "temp_tablespaces",
                "unix_socket_directories",
                "log_destination");
        return lists.contains(setting.name().toLowerCase(Locale.ROOT))
                        && !setting.value().isEmpty()
                ? setting.value()
                : literal(setting.value());
    }

    private static List<Grant> grants(Connection session, String database) throws SQLException {
        String sql =
                "SELECT CASE WHEN a.grantee <> 0 THEN pg_get_userbyid(a.grantee) END, a.privilege_type, a.is_grantable"
                        + " FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = ? ORDER BY 1 NULLS FIRST, 2";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, database);
            List<Grant> grants = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    grants.add(new Grant(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
                }
            }
            return grants;
        }
    }

    private static List<Label> labels(Connection session, String database) throws SQLException {
        String sql = "SELECT l.provider, l.label FROM pg_shseclabel l JOIN pg_database d ON d.oid = l.objoid"
                + " WHERE l.classoid = 'pg_database'::regclass AND d.datname = ? ORDER BY 1";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, database);
            List<Label> labels = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    labels.add(new Label(rows.getString(1), rows.getString(2)));
                }
            }
            return labels;
        }
    }

    private static List<Setting> settings(Connection session, String database) throws SQLException {
        String sql = "SELECT CASE WHEN s.setrole <> 0 THEN pg_get_userbyid(s.setrole) END,"
                + " split_part(c, '=', 1), substr(c, strpos(c, '=') + 1)"
                + " FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) c"
                + " WHERE d.datname = ? ORDER BY 1 NULLS FIRST, 2";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, database);
            List<Setting> settings = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    settings.add(new Setting(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
            return settings;
        }
    }
}
