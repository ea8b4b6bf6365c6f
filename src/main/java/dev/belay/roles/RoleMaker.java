package dev.belay.roles;

import dev.belay.database.AuthTables;
import dev.belay.database.ProjectRoles;
import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is declared and not there. What locks tables comes last. Everything that stands in the way of one part is told
 * at once.
 */
final class RoleMaker {

    private final RoleSession session;
    private final RolesPlan plan;
    private final RolesRequest request;
    private final RoleChanges changes = RoleChanges.none();

    private RoleMaker(RoleSession session, RolesPlan plan, RolesRequest request) {
        this.session = session;
        this.plan = plan;
        this.request = request;
    }

    /**
     * Makes everything in the session's transaction, which is left open.
     *
     * @param password the superuser's; null without one
     * @throws dev.belay.problem.ProblemException PREFLIGHT_REFUSED when it cannot be made as it is declared
     */
    static RoleChanges make(RoleSession session, RolesPlan plan, RolesRequest request, @Nullable String password)
            throws SQLException {
        RoleMaker maker = new RoleMaker(session, plan, request);
        maker.make(password);
        return maker.changes;
    }

    private void make(@Nullable String password) throws SQLException {
        List<ProjectRoles.Group> groups = plan.roles().groups();
        requireAuthTables();
        Tables tables = Tables.find(session, plan.roles().tables().toList(), changes);
        requireNoFaults();
        ServerRoles roles = new ServerRoles(session, plan.project(), changes);
        roles.ensure(groups);
        requireNoFaults();
        at("the application's groups", () -> applicationRows(groups, password));
        List<String> former = roles.former(groups);
        Grants grants = new Grants(session, tables, request.prunes(), changes);
        RowPolicies policies = new RowPolicies(session, tables, request.prunes(), changes);
        for (ProjectRoles.Group group : groups) {
            at("the grants of " + group.name(), () -> grants.ensure(group));
        }
        for (String role : former) {
            changes.extra("role", role, "declared no more; it stays, for other databases may use it");
            at("the role " + role, () -> grants.settleFormer(role));
            at("the role " + role, () -> policies.settleFormer(role));
        }
        requireNoFaults();
        for (ProjectRoles.Group group : groups) {
            at("the policies of " + group.name(), () -> policies.ensure(group));
        }
        policies.warnOfTheBlind();
    }

    private void applicationRows(List<ProjectRoles.Group> groups, @Nullable String password) throws SQLException {
        AuthTables auth = plan.roles().auth();
        if (auth.groups() && !groups.isEmpty()) {
            new ApplicationGroups(session, auth, request.prunes(), changes).ensure(groups);
        }
        ProjectRoles.Superuser superuser = plan.roles().superuser();
        if (superuser != null && password != null) {
            new ApplicationSuperuser(session, auth, request.promotes(), changes).ensure(superuser, password);
        }
    }

    private void requireAuthTables() throws SQLException {
        List<String> needed = new ArrayList<>();
        AuthTables auth = plan.roles().auth();
        if (auth.groups() && !plan.roles().groups().isEmpty()) {
            needed.addAll(List.of("auth_group", "auth_permission", "auth_group_permissions", "django_content_type"));
        }
        if (plan.roles().superuser() != null) {
            needed.add("auth_user");
        }
        for (String table : needed) {
            if (session.ask("SELECT to_regclass(?::text)::text", auth.table(table))
                    .isEmpty()) {
                changes.fault("the application's table " + auth.schema() + "." + auth.name(table) + " is not there");
            }
        }
    }

    private interface Part {
        void make() throws SQLException;
    }

    private static void at(String what, Part part) throws SQLException {
        try {
            part.make();
        } catch (SQLException e) {
            if (SqlStates.isConnectionTrouble(e) || SqlStates.isLockTrouble(e)) {
                throw e;
            }
            throw ProblemType.PREFLIGHT_REFUSED.because(
                    "PostgreSQL refused " + what + ": " + SqlStates.message(e)
                            + " Everything was rolled back. Mend the declaration or the rights, then ask again.",
                    e);
        }
    }

    private void requireNoFaults() {
        if (!changes.faults().isEmpty()) {
            throw ProblemType.PREFLIGHT_REFUSED.because("The roles cannot be made as they are declared: "
                    + String.join("; ", changes.faults())
                    + ". Nothing was changed. Mend the declaration, or migrate the database first, then ask again.");
        }
    }
}
