package dev.belay.roles;

import dev.belay.database.AuthTables;
import dev.belay.database.ProjectRoles;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The superuser as a row of the application's table of users. The password leaves Belay as a hash only. */
final class ApplicationSuperuser {

    private static final String USER = "auth_user";

    private final RoleSession session;
    private final AuthTables auth;
    private final boolean promote;
    private final RoleChanges changes;

    ApplicationSuperuser(RoleSession session, AuthTables auth, boolean promote, RoleChanges changes) {
        this.session = session;
        this.auth = auth;
        this.promote = promote;
        this.changes = changes;
    }

    void ensure(ProjectRoles.Superuser superuser, String password) throws SQLException {
        List<String> there = session.column(
                "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?::text) AND attnum > 0 AND NOT"
                        + " attisdropped",
                auth.table(USER));
        for (String needed : List.of("username", "password", "is_superuser")) {
            if (!there.contains(auth.columnName(USER, needed))) {
                changes.fault("the table " + auth.name(USER) + " has no column " + auth.columnName(USER, needed));
                return;
            }
        }
        Map<String, @Nullable String> wanted = new LinkedHashMap<>();
        wanted.put("is_superuser", "true");
        wanted.put("is_staff", "true");
        wanted.put("is_active", "true");
        wanted.put("email", superuser.email());
        wanted.keySet().removeIf(column -> !there.contains(auth.columnName(USER, column)));
        Map<String, @Nullable String> found =
                found(superuser.username(), wanted.keySet().stream().toList());
        if (found.isEmpty()) {
            create(superuser, password, wanted, there);
        } else {
            update(superuser, password, wanted, found);
        }
        others(superuser.username());
    }

    /** The user's columns, their password first; empty when there is no such user. */
    private Map<String, @Nullable String> found(String username, List<String> columns) throws SQLException {
        List<String> asked = new ArrayList<>(List.of("password"));
        asked.addAll(columns);
        String list = String.join(
                ", ",
                asked.stream()
                        .map(column -> auth.column(USER, column) + "::text")
                        .toList());
        Map<String, @Nullable String> found = new LinkedHashMap<>();
        for (List<@Nullable String> row : session.rows(
                "SELECT " + list + " FROM " + auth.table(USER) + " WHERE " + auth.column(USER, "username") + " = ?",
                username)) {
            for (int i = 0; i < asked.size(); i++) {
                found.put(asked.get(i), row.get(i));
            }
        }
        return found;
    }

    private void create(
            ProjectRoles.Superuser superuser, String password, Map<String, @Nullable String> wanted, List<String> there)
            throws SQLException {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        values.put("username", superuser.username());
        values.put("password", DjangoPassword.encode(password, superuser.iterations()));
        values.putAll(wanted);
        values.put("first_name", "");
        values.put("last_name", "");
        values.keySet().removeIf(column -> !there.contains(auth.columnName(USER, column)));
        boolean dated = there.contains(auth.columnName(USER, "date_joined"));
        List<String> columns = new ArrayList<>(values.keySet().stream()
                .map(column -> auth.column(USER, column))
                .toList());
        String marks = "?, ".repeat(values.size()).replaceAll(", $", "");
        if (dated) {
            columns.add(auth.column(USER, "date_joined"));
        }
        session.update(
                "INSERT INTO " + auth.table(USER) + " (" + String.join(", ", columns) + ") VALUES (" + marks
                        + (dated ? ", now())" : ")"),
                values.values().toArray(String[]::new));
        changes.created("superuser", superuser.username());
    }

    private void update(
            ProjectRoles.Superuser superuser,
            String password,
            Map<String, @Nullable String> wanted,
            Map<String, @Nullable String> found)
            throws SQLException {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        List<String> said = new ArrayList<>();
        wanted.forEach((column, value) -> {
            if (!Objects.equals(value, found.get(column))) {
                values.put(column, value);
                said.add(said(column));
            }
        });
        if (!promote && (values.containsKey("is_superuser") || values.containsKey("is_active"))) {
            changes.fault("there is a user " + superuser.username() + " who is no active superuser, and may be somebody"
                    + " else; ask with \"promoteExisting\": true if it is the one");
            return;
        }
        String stored = Objects.requireNonNullElse(found.get("password"), "");
        if (!DjangoPassword.matches(password, stored)) {
            values.put("password", DjangoPassword.encode(password, superuser.iterations()));
            said.add(
                    DjangoPassword.isComparable(stored)
                            ? "the password was another"
                            : "the password was stored in a way that Belay cannot compare, and is set");
        }
        if (values.isEmpty()) {
            changes.unchanged("superuser", superuser.username());
            return;
        }
        List<@Nullable String> parameters = new ArrayList<>(values.values());
        parameters.add(superuser.username());
        session.update(
                "UPDATE " + auth.table(USER) + " SET "
                        + String.join(
                                ", ",
                                values.keySet().stream()
                                        .map(column -> auth.column(USER, column) + " = ?")
                                        .toList())
                        + " WHERE " + auth.column(USER, "username") + " = ?",
                parameters.toArray(String[]::new));
        changes.changed("superuser", superuser.username(), String.join(", ", said));
    }

    private static String said(String column) {
        return switch (column) {
            case "is_superuser" -> "was no superuser";
            case "is_staff" -> "was no staff";
            case "is_active" -> "was not active";
            default -> "the e-mail address was another";
        };
    }

    private void others(String username) throws SQLException {
        String more = session.ask(
                        "SELECT nullif(count(*), 0)::text FROM " + auth.table(USER) + " WHERE "
                                + auth.column(USER, "is_superuser") + " AND " + auth.column(USER, "username") + " <> ?",
                        username)
                .orElse(null);
        if (more != null) {
            changes.extra("superuser", more + " others", "not declared; they stay");
        }
    }
}
