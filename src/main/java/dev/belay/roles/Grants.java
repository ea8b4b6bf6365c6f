package dev.belay.roles;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.database.ProjectRoles;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The privileges of the roles. Whoever may insert may also use the sequences that number the rows, and whoever may do
 * anything in a schema may look into it: nobody has to declare that.
 */
final class Grants {

    private static final String HELD = """
            WITH grantee AS (SELECT oid FROM pg_roles WHERE rolname = ?)
            SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, format('%I.%I', n.nspname, c.relname),
                NULL, a.privilege_type
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a, grantee g
            WHERE a.grantee = g.oid AND c.relowner <> g.oid
            UNION ALL
            SELECT 'TABLE', format('%I.%I', n.nspname, c.relname), att.attname, a.privilege_type
            FROM pg_attribute att JOIN pg_class c ON c.oid = att.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(att.attacl) a, grantee g
            WHERE a.grantee = g.oid AND NOT att.attisdropped
            UNION ALL
            SELECT 'SCHEMA', quote_ident(n.nspname), NULL, a.privilege_type
            FROM pg_namespace n, aclexplode(n.nspacl) a, grantee g WHERE a.grantee = g.oid AND n.nspowner <> g.oid
            ORDER BY 1, 2, 3, 4
            """;

    private final RoleSession session;
    private final Tables tables;
    private final boolean prune;
    private final RoleChanges changes;

    Grants(RoleSession session, Tables tables, boolean prune, RoleChanges changes) {
        this.session = session;
        this.tables = tables;
        this.prune = prune;
        this.changes = changes;
    }

    /**
     * One privilege.
     *
     * @param kind TABLE, SEQUENCE or SCHEMA
     * @param object as it is written in SQL
     * @param column null for the whole
     */
    private record Privilege(
            String kind, String object, @Nullable String column, String privilege) {

        private String sql() {
            return privilege + (column == null ? "" : " (" + quote(column) + ")") + " ON " + kind + " " + object;
        }

        private String shown(String role) {
            return privilege + (column == null ? "" : " (" + column + ")") + " on " + object + " to " + role;
        }
    }

    void ensure(ProjectRoles.Group group) throws SQLException {
        Set<Privilege> wanted = new LinkedHashSet<>();
        for (ProjectRoles.Grant grant : group.grants()) {
            for (String written : grant.tables()) {
                add(grant, written, group, wanted);
            }
        }
        settle(group.role(), wanted);
    }

    /** Deals with what a role that is declared no more still has. */
    void settleFormer(String role) throws SQLException {
        settle(role, Set.of());
    }

    private void add(ProjectRoles.Grant grant, String written, ProjectRoles.Group group, Set<Privilege> wanted)
            throws SQLException {
        if (!tables.has(written)) {
            return;
        }
        Tables.Table table = tables.get(written);
        for (String column : grant.columns()) {
            if (!table.columns().contains(column)) {
                changes.fault("the table " + written + " has no column " + column + ", which a grant of " + group.name()
                        + " names");
                return;
            }
        }
        needSchema(table, wanted);
        for (String privilege : grant.privileges()) {
            if (grant.columns().isEmpty()) {
                wanted.add(new Privilege("TABLE", table.sql(), null, privilege));
            }
            grant.columns().forEach(column -> wanted.add(new Privilege("TABLE", table.sql(), column, privilege)));
        }
        if (grant.privileges().contains("INSERT")) {
            for (String sequence : table.sequences()) {
                String sql = session.ask(
                                "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n"
                                        + " ON n.oid = c.relnamespace WHERE c.oid = ?::oid",
                                sequence)
                        .orElseThrow();
                wanted.add(new Privilege("SEQUENCE", sql, null, "USAGE"));
            }
        }
    }

    /** Where everybody may look into the schema, as in public, nothing is granted. */
    private void needSchema(Tables.Table table, Set<Privilege> wanted) throws SQLException {
        boolean open = session.ask(
                        "SELECT true FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = ? AND a.grantee = 0"
                                + " AND a.privilege_type = 'USAGE'",
                        table.schema())
                .isPresent();
        if (!open) {
            wanted.add(new Privilege("SCHEMA", table.schemaSql(), null, "USAGE"));
        }
    }

    private void settle(String role, Set<Privilege> wanted) throws SQLException {
        Set<Privilege> held = held(role);
        for (Privilege privilege : wanted) {
            if (held.contains(privilege)) {
                changes.unchanged("grant", privilege.shown(role));
            } else {
                session.execute("GRANT " + privilege.sql() + " TO " + quote(role));
                changes.created("grant", privilege.shown(role));
            }
        }
        for (Privilege privilege : held) {
            if (!wanted.contains(privilege)) {
                beyond(role, privilege);
            }
        }
        requireHeld(role, wanted);
    }

    private void beyond(String role, Privilege privilege) throws SQLException {
        if (prune) {
            session.execute("REVOKE " + privilege.sql() + " FROM " + quote(role));
            changes.removed("grant", privilege.shown(role));
        } else {
            changes.extra("grant", privilege.shown(role), "not declared; \"prune\": true takes it away");
        }
    }

    /** PostgreSQL only warns of a grant by one who may not grant it. */
    private void requireHeld(String role, Set<Privilege> wanted) throws SQLException {
        Set<Privilege> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(held(role));
        Set<String> objects = new TreeSet<>();
        missing.forEach(privilege -> objects.add(privilege.object()));
        if (!objects.isEmpty()) {
            changes.fault("the role of the scripts may not grant on " + String.join(", ", objects)
                    + "; it has to own them, or Belay's user has to be a superuser");
        }
    }

    private Set<Privilege> held(String role) throws SQLException {
        Set<Privilege> held = new LinkedHashSet<>();
        for (List<@Nullable String> row : session.rows(HELD, role)) {
            held.add(new Privilege(
                    Objects.requireNonNull(row.get(0)),
                    Objects.requireNonNull(row.get(1)),
                    row.get(2),
                    Objects.requireNonNull(row.get(3))));
        }
        return held;
    }
}
