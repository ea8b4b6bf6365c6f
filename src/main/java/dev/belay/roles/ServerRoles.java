package dev.belay.roles;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.database.ProjectRoles;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL roles. They belong to the whole server, so each says in its comment which project it was made for; one that
 * may do more than be a group is never taken over.
 */
final class ServerRoles {

    private final RoleSession session;
    private final String project;
    private final RoleChanges changes;

    ServerRoles(RoleSession session, String project, RoleChanges changes) {
        this.session = session;
        this.project = project;
        this.changes = changes;
    }

    /** Makes those that are not there, as the user that Belay logs in as. */
    void ensure(List<ProjectRoles.Group> groups) throws SQLException {
        session.asSelf();
        boolean mayCreate = session.ask("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
                .equals(Optional.of("t"));
        List<String> missing = new ArrayList<>();
        for (ProjectRoles.Group group : groups) {
            List<List<@Nullable String>> found = session.rows(
                    "SELECT rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication"
                            + " FROM pg_roles WHERE rolname = ?",
                    group.role());
            if (found.isEmpty() && mayCreate) {
                create(group);
            } else if (found.isEmpty()) {
                missing.add("CREATE ROLE " + quote(group.role()) + " NOLOGIN");
            } else if ("t".equals(found.get(0).get(0))) {
                changes.fault("there is a role " + group.role() + " on the server already that is more than a group: it"
                        + " may log in, make roles or databases, or pass by row policies; give " + group.name()
                        + " another by its field role");
            } else {
                changes.unchanged("role", group.role());
                memberships(group.role());
            }
        }
        if (!missing.isEmpty()) {
            changes.fault("Belay's user may not create roles; give it CREATEROLE, or type as one who may: "
                    + String.join("; ", missing));
        }
        session.asWorker();
    }

    private void create(ProjectRoles.Group group) throws SQLException {
        session.execute("CREATE ROLE " + quote(group.role()) + " NOLOGIN");
        session.execute("COMMENT ON ROLE " + quote(group.role()) + " IS " + literal(mark() + group.name()));
        changes.created("role", group.role());
    }

    private void memberships(String role) throws SQLException {
        for (String of : session.column(
                "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
                        + " JOIN pg_roles own ON own.oid = m.member WHERE own.rolname = ? ORDER BY 1",
                role)) {
            changes.extra("membership", role + " in " + of, "it may do what that role may");
        }
    }

    /** Roles that were made for this project and are declared no more. */
    List<String> former(List<ProjectRoles.Group> groups) throws SQLException {
        List<String> declared = groups.stream().map(ProjectRoles.Group::role).toList();
        return session
                .column(
                        "SELECT rolname FROM pg_roles WHERE starts_with(shobj_description(oid, 'pg_authid'), ?::text)"
                                + " ORDER BY 1",
                        mark())
                .stream()
                .filter(role -> !declared.contains(role))
                .toList();
    }

    private String mark() {
        return "Belay, project " + project + ": ";
    }
}
