package dev.belay.roles;

import dev.belay.database.AuthTables;
import dev.belay.database.ProjectRoles;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The groups as rows of the application's own tables, with the permissions that they have there. */
final class ApplicationGroups {

    /** Those that Django itself makes for every model; for them the model may be made too. */
    private static final Set<String> STANDARD = Set.of("add", "change", "delete", "view");

    private final RoleSession session;
    private final AuthTables auth;
    private final boolean prune;
    private final RoleChanges changes;

    ApplicationGroups(RoleSession session, AuthTables auth, boolean prune, RoleChanges changes) {
        this.session = session;
        this.auth = auth;
        this.prune = prune;
        this.changes = changes;
    }

    void ensure(List<ProjectRoles.Group> groups) throws SQLException {
        for (ProjectRoles.Group group : groups) {
            ensure(group);
        }
        List<String> declared = groups.stream().map(ProjectRoles.Group::name).toList();
        String name = auth.column("auth_group", "name");
        for (String other : session.column("SELECT " + name + " FROM " + auth.table("auth_group") + " ORDER BY 1")) {
            if (!declared.contains(other)) {
                changes.extra("group", other, "not declared; it stays, with its members");
            }
        }
    }

    private void ensure(ProjectRoles.Group group) throws SQLException {
        String id = group(group.name());
        Map<String, String> wanted = new LinkedHashMap<>();
        for (ProjectRoles.Permission permission : group.permissions()) {
            Map<String, String> found = permissions(permission);
            if (found.isEmpty() && permission.isEvery()) {
                changes.fault("the application has no permission " + permission + ", which " + group.name() + " names");
            } else if (found.isEmpty()) {
                make(permission, group.name(), wanted);
            } else {
                wanted.putAll(found);
            }
        }
        Map<String, String> held = held(id);
        wanted.forEach((permission, shown) -> {
            if (held.containsKey(permission)) {
                changes.unchanged("group permission", group.name() + ": " + shown);
            }
        });
        for (Map.Entry<String, String> permission : wanted.entrySet()) {
            if (!held.containsKey(permission.getKey())) {
                session.update(
                        "INSERT INTO " + links() + " (" + column("group_id") + ", " + column("permission_id")
                                + ") VALUES (?, ?)",
                        id,
                        permission.getKey());
                changes.created("group permission", group.name() + ": " + permission.getValue());
            }
        }
        held.keySet().removeAll(wanted.keySet());
        for (Map.Entry<String, String> permission : held.entrySet()) {
            beyond(group.name() + ": " + permission.getValue(), id, permission.getKey());
        }
    }

    private void beyond(String shown, String group, String permission) throws SQLException {
        if (prune) {
            session.update(
                    "DELETE FROM " + links() + " WHERE " + column("group_id") + " = ? AND " + column("permission_id")
                            + " = ?",
                    group,
                    permission);
            changes.removed("group permission", shown);
        } else {
            changes.extra("group permission", shown, "not declared; \"prune\": true takes it away");
        }
    }

    private String group(String name) throws SQLException {
        String table = auth.table("auth_group");
        String id = auth.column("auth_group", "id") + "::text";
        String column = auth.column("auth_group", "name");
        String found = session.ask("SELECT " + id + " FROM " + table + " WHERE " + column + " = ?", name)
                .orElse(null);
        if (found != null) {
            changes.unchanged("group", name);
            return found;
        }
        changes.created("group", name);
        return session.ask("INSERT INTO " + table + " (" + column + ") VALUES (?) RETURNING " + id, name)
                .orElseThrow();
    }

    /** Permissions by their id, as they are shown. */
    private Map<String, String> permissions(ProjectRoles.Permission permission) throws SQLException {
        String codename = permission.isEvery() ? "" : " AND p." + auth.column("auth_permission", "codename") + " = ?";
        return read(
                "JOIN " + auth.table("django_content_type") + " c ON c." + auth.column("django_content_type", "id")
                        + " = p." + auth.column("auth_permission", "content_type_id") + " WHERE c."
                        + auth.column("django_content_type", "app_label") + " = ?" + codename,
                permission.isEvery() ? List.of(permission.app()) : List.of(permission.app(), permission.codename()));
    }

    private Map<String, String> held(String group) throws SQLException {
        return read(
                "JOIN " + auth.table("django_content_type") + " c ON c." + auth.column("django_content_type", "id")
                        + " = p." + auth.column("auth_permission", "content_type_id") + " JOIN " + links() + " l ON l."
                        + column("permission_id") + " = p." + auth.column("auth_permission", "id") + " WHERE l."
                        + column("group_id") + " = ?",
                List.of(group));
    }

    private Map<String, String> read(String joined, List<String> parameters) throws SQLException {
        Map<String, String> found = new LinkedHashMap<>();
        for (List<@Nullable String> row : session.rows(
                "SELECT p." + auth.column("auth_permission", "id") + "::text, c."
                        + auth.column("django_content_type", "app_label") + " || '.' || p."
                        + auth.column("auth_permission", "codename") + " FROM " + auth.table("auth_permission") + " p "
                        + joined + " ORDER BY 2, 1",
                parameters.toArray(String[]::new))) {
            found.put(Objects.requireNonNull(row.get(0)), Objects.requireNonNull(row.get(1)));
        }
        return found;
    }

    /** Makes a permission that Django would make once its models are there; the model is told by the codename. */
    private void make(ProjectRoles.Permission permission, String group, Map<String, String> wanted)
            throws SQLException {
        String type = contentType(permission);
        if (type == null) {
            changes.fault("the application has no permission " + permission + ", which " + group
                    + " names, and no model that it could be of: a codename is like add_student");
            return;
        }
        String id = session.ask(
                        "INSERT INTO " + auth.table("auth_permission") + " (" + auth.column("auth_permission", "name")
                                + ", " + auth.column("auth_permission", "codename") + ", "
                                + auth.column("auth_permission", "content_type_id") + ") VALUES (?, ?, ?) RETURNING "
                                + auth.column("auth_permission", "id") + "::text",
                        "Can " + permission.codename().replace('_', ' '),
                        permission.codename(),
                        type)
                .orElseThrow();
        changes.created("permission", permission.toString());
        wanted.put(id, permission.toString());
    }

    private @Nullable String contentType(ProjectRoles.Permission permission) throws SQLException {
        String table = auth.table("django_content_type");
        String id = auth.column("django_content_type", "id") + "::text";
        String app = auth.column("django_content_type", "app_label");
        String model = auth.column("django_content_type", "model");
        String found = session.ask(
                        "SELECT " + id + " FROM " + table + " WHERE " + app + " = ? AND ?::text LIKE '%\\_' || replace("
                                + model + ", '_', '\\_') ORDER BY length(" + model + ") DESC",
                        permission.app(),
                        permission.codename())
                .orElse(null);
        int underscore = permission.codename().indexOf('_');
        if (found != null
                || underscore < 0
                || !STANDARD.contains(permission.codename().substring(0, underscore))) {
            return found;
        }
        String named = permission.codename().substring(underscore + 1).toLowerCase(Locale.ROOT);
        changes.created("content type", permission.app() + "." + named);
        return session.ask(
                        "INSERT INTO " + table + " (" + app + ", " + model + ") VALUES (?, ?) RETURNING " + id,
                        permission.app(),
                        named)
                .orElseThrow();
    }

    private String links() {
        return auth.table("auth_group_permissions");
    }

    private String column(String name) {
        return auth.column("auth_group_permissions", name);
    }
}
