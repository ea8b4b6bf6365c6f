package dev.belay.grant;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.database.ProjectRoles;
import dev.belay.draft.ScriptPair;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes what the roles do not have yet. */
final class GrantWriter {

    private static final String HELD =
            "SELECT a.privilege_type, NULL, CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE '' END"
                    + " || pg_catalog.format('%I.%I', n.nspname, c.relname)"
                    + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a WHERE a.grantee = r.oid"
                    + " UNION ALL SELECT a.privilege_type, t.attname::text,"
                    + " pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_attribute t"
                    + " JOIN pg_catalog.pg_class c ON c.oid = t.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " CROSS JOIN LATERAL pg_catalog.aclexplode(t.attacl) a WHERE a.grantee = r.oid AND NOT t.attisdropped"
                    + " UNION ALL SELECT a.privilege_type, NULL, 'SCHEMA ' || pg_catalog.quote_ident(n.nspname) FROM pg_catalog.pg_namespace n"
                    + " CROSS JOIN LATERAL pg_catalog.aclexplode(n.nspacl) a WHERE a.grantee = r.oid";

    private final Connection session;
    private final Targets targets;
    private final ScriptPair pair;
    private final Set<String> secured = new HashSet<>();

    GrantWriter(Connection session, Targets targets, ScriptPair pair) {
        this.session = session;
        this.targets = targets;
        this.pair = pair;
    }

    /** Nobody can log in as it. */
    static String makeRole(String role) {
        String statement = "CREATE ROLE " + quote(role) + " NOLOGIN";
        return "DO LANGUAGE plpgsql "
                + literal("BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = "
                                + literal(role).strip() + ") THEN EXECUTE "
                                + literal(statement).strip() + "; END IF; END")
                        .strip();
    }

    void write(List<ProjectRoles.Group> groups) throws SQLException {
        for (ProjectRoles.Group group : groups) {
            pair.section("The group " + group.name());
            pair.change(makeRole(group.role()), "");
            Set<String> held = held(group.role());
            Set<String> wanted = new LinkedHashSet<>();
            for (ProjectRoles.Grant grant : group.grants()) {
                for (String table : grant.tables()) {
                    want(grant, targets.require(table), group, wanted);
                }
            }
            wanted.removeAll(held);
            wanted.forEach(privilege -> pair.change(
                    "GRANT " + privilege + " TO " + quote(group.role()),
                    "REVOKE " + privilege + " FROM " + quote(group.role())));
            for (ProjectRoles.Policy policy : group.policies()) {
                policy(policy, targets.require(policy.table()), group);
            }
        }
    }

    /** As they are written between GRANT and TO. */
    private static void want(
            ProjectRoles.Grant grant, Targets.Target table, ProjectRoles.Group group, Set<String> wanted) {
        for (String column : grant.columns()) {
            if (!table.columns().contains(column)) {
                throw ProblemType.INVALID_REQUEST.because("The table " + table.name() + " has no column " + column
                        + ", which a grant of " + group.name() + " names. Nothing was written.");
            }
        }
        if (!table.open()) {
            wanted.add("USAGE ON SCHEMA " + table.schema());
        }
        for (String privilege : grant.privileges()) {
            if (grant.columns().isEmpty()) {
                wanted.add(privilege + " ON " + table.name());
            }
            grant.columns().forEach(column -> wanted.add(privilege + " (" + quote(column) + ") ON " + table.name()));
        }
        if (grant.privileges().contains("INSERT")) {
            table.sequences().forEach(sequence -> wanted.add("USAGE ON SEQUENCE " + sequence));
        }
    }

    private Set<String> held(String role) throws SQLException {
        Set<String> held = new HashSet<>();
        String sql = "SELECT h.* FROM pg_catalog.pg_roles r CROSS JOIN LATERAL (" + HELD
                + ") AS h (privilege, named, object) WHERE r.rolname = ?";
        try (PreparedStatement query = session.prepareStatement(sql)) {
            query.setString(1, role);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String column = row.getString(2);
                    held.add(row.getString(1) + (column == null ? "" : " (" + quote(column) + ")") + " ON "
                            + row.getString(3));
                }
            }
        }
        return held;
    }

    private void policy(ProjectRoles.Policy policy, Targets.Target table, ProjectRoles.Group group) {
        String on = quote(policy.name()) + " ON " + table.name();
        if (table.policies().contains(policy.name())) {
            pair.remark("The policy " + on + " is there already and was left as it is. Is it the declared one?");
            return;
        }
        if (!table.secured() && secured.add(table.name())) {
            pair.change(
                    "ALTER TABLE " + table.name() + " ENABLE ROW LEVEL SECURITY",
                    "ALTER TABLE " + table.name() + " DISABLE ROW LEVEL SECURITY");
            pair.remark("Row security is switched on for " + table.name() + ": from then on everybody but its owner,"
                    + " superusers and roles with BYPASSRLS sees only what a policy shows.");
        }
        pair.change(
                "CREATE POLICY " + on + " FOR " + policy.command() + " TO " + quote(group.role())
                        + (policy.using() == null ? "" : "\n    USING (" + policy.using() + ")")
                        + (policy.check() == null ? "" : "\n    WITH CHECK (" + policy.check() + ")"),
                "DROP POLICY " + on);
    }
}
