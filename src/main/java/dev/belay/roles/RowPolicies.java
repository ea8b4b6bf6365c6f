package dev.belay.roles;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.backup.Sha256;
import dev.belay.database.ProjectRoles;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The row policies. PostgreSQL keeps a policy's conditions in a form of its own, so a policy's comment says what it was
 * declared as and what it stood as then: only so can a second run tell, without touching the table, that both still hold.
 */
final class RowPolicies {

    private static final String STANDING = "SELECT concat_ws('|', p.polcmd, p.polpermissive,"
            + " (SELECT string_agg(r.rolname, ',' ORDER BY r.rolname) FROM pg_roles r WHERE r.oid = ANY (p.polroles)),"
            + " pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)),"
            + " coalesce(obj_description(p.oid, 'pg_policy'), '') FROM pg_policy p"
            + " WHERE p.polrelid = ?::oid AND p.polname = ?";

    private final RoleSession session;
    private final Tables tables;
    private final boolean prune;
    private final RoleChanges changes;

    RowPolicies(RoleSession session, Tables tables, boolean prune, RoleChanges changes) {
        this.session = session;
        this.tables = tables;
        this.prune = prune;
        this.changes = changes;
    }

    void ensure(ProjectRoles.Group group) throws SQLException {
        Set<List<String>> wanted = new HashSet<>();
        for (ProjectRoles.Policy policy : group.policies()) {
            if (tables.has(policy.table())) {
                Tables.Table table = tables.get(policy.table());
                wanted.add(List.of(table.oid(), policy.name()));
                ensure(policy, table, group.role());
            }
        }
        beyond(group.role(), wanted);
    }

    /** Deals with what a role that is declared no more still has. */
    void settleFormer(String role) throws SQLException {
        beyond(role, Set.of());
    }

    private void ensure(ProjectRoles.Policy policy, Tables.Table table, String role) throws SQLException {
        String shown = policy.name() + " on " + table.shown();
        String declared = digest(policy.command() + "|" + policy.using() + "|" + policy.check());
        Optional<List<@Nullable String>> before = standing(policy, table);
        if (before.isPresent()
                && mark(declared, before.get()).equals(before.get().get(1))) {
            changes.unchanged("policy", shown);
            enable(table);
            return;
        }
        if (before.isPresent()) {
            session.execute("DROP POLICY " + quote(policy.name()) + " ON " + table.sql());
            changes.changed("policy", shown, "it was not as declared, or not made by Belay");
        } else {
            changes.created("policy", shown);
        }
        String using = policy.using() == null ? "" : " USING (\n" + policy.using() + "\n)";
        String check = policy.check() == null ? "" : " WITH CHECK (\n" + policy.check() + "\n)";
        session.execute("CREATE POLICY " + quote(policy.name()) + " ON " + table.sql() + " FOR " + policy.command()
                + " TO " + quote(role) + using + check);
        String mark = mark(declared, standing(policy, table).orElseThrow());
        session.execute("COMMENT ON POLICY " + quote(policy.name()) + " ON " + table.sql() + " IS " + literal(mark));
        enable(table);
    }

    private void enable(Tables.Table table) throws SQLException {
        boolean enabled = session.ask("SELECT relrowsecurity FROM pg_class WHERE oid = ?::oid", table.oid())
                .equals(Optional.of("t"));
        if (!enabled) {
            session.execute("ALTER TABLE " + table.sql() + " ENABLE ROW LEVEL SECURITY");
            changes.created("row security", table.shown());
        }
    }

    /** Whoever has privileges on a table with row policies, and no policy, sees none of its rows. */
    void warnOfTheBlind() throws SQLException {
        for (List<@Nullable String> row : session.rows("SELECT DISTINCT r.rolname, n.nspname || '.' || c.relname"
                + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a"
                + " JOIN pg_roles r ON r.oid = a.grantee"
                + " WHERE c.relrowsecurity AND c.relkind IN ('r', 'p') AND a.grantee <> c.relowner"
                + " AND NOT r.rolsuper AND NOT r.rolbypassrls AND NOT EXISTS (SELECT FROM pg_policy p"
                + " WHERE p.polrelid = c.oid AND p.polpermissive AND (0 = ANY (p.polroles) OR EXISTS (SELECT FROM"
                + " unnest(p.polroles) AS o(oid) WHERE pg_has_role(r.oid, o.oid, 'USAGE')))) ORDER BY 1, 2")) {
            changes.warn(row.get(0) + " has privileges on " + row.get(1) + ", which has row policies, but none for it:"
                    + " it sees and changes no row there");
        }
    }

    private void beyond(String role, Set<List<String>> wanted) throws SQLException {
        for (List<@Nullable String> row : session.rows(
                "SELECT p.polrelid::text, p.polname, format('%I.%I', n.nspname, c.relname), cardinality(p.polroles)"
                        + " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n"
                        + " ON n.oid = c.relnamespace WHERE (SELECT oid FROM pg_roles WHERE rolname = ?)"
                        + " = ANY (p.polroles) ORDER BY 3, 2",
                role)) {
            String name = Objects.requireNonNull(row.get(1));
            if (wanted.contains(List.of(Objects.requireNonNull(row.get(0)), name))) {
                continue;
            }
            String shown = name + " on " + row.get(2);
            if (prune && "1".equals(row.get(3))) {
                session.execute("DROP POLICY " + quote(name) + " ON " + row.get(2));
                changes.removed("policy", shown);
            } else {
                changes.extra("policy", shown, "it is for " + role + " and not declared");
            }
        }
    }

    private Optional<List<@Nullable String>> standing(ProjectRoles.Policy policy, Tables.Table table)
            throws SQLException {
        return session.rows(STANDING, table.oid(), policy.name()).stream().findFirst();
    }

    private static String mark(String declared, List<@Nullable String> standing) {
        return "Belay: declared " + declared + ", stands " + digest(String.valueOf(standing.get(0)));
    }

    private static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
}
