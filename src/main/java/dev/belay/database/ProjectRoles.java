package dev.belay.database;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what in a project's database, in the order in which it is written. A group is a row in the application's own
 * table of groups and a PostgreSQL role that nobody can log in as.
 *
 * @param superuser the application's first user, who may do everything in it; null for none
 */
public record ProjectRoles(
        List<Group> groups, AuthTables auth, @Nullable Superuser superuser) {

    public static final ProjectRoles NONE = new ProjectRoles(List.of(), AuthTables.DJANGO, null);

    public ProjectRoles {
        groups = List.copyOf(groups);
    }

    /** Whether there is nothing to make. */
    public boolean isEmpty() {
        return groups.isEmpty() && superuser == null;
    }

    /** Every table that a grant or a policy names, as written. */
    public Stream<String> tables() {
        return groups.stream()
                .flatMap(group -> Stream.concat(
                        group.grants().stream().flatMap(grant -> grant.tables().stream()),
                        group.policies().stream().map(Policy::table)))
                .distinct();
    }

    /**
     * A group.
     *
     * @param name as the application knows it
     * @param role the PostgreSQL role, as the server stores its name
     * @param permissions such as {@code students.add_student} or {@code results.*}
     * @param given statements that prepare what is tried; run as the role of the scripts, and rolled back
     * @param may statements that have to be possible
     * @param mayNot statements that PostgreSQL has to refuse
     */
    public record Group(
            String name,
            String role,
            List<Permission> permissions,
            List<Grant> grants,
            List<Policy> policies,
            @Nullable String given,
            List<String> may,
            List<String> mayNot) {

        public Group {
            permissions = List.copyOf(permissions);
            grants = List.copyOf(grants);
            policies = List.copyOf(policies);
            may = List.copyOf(may);
            mayNot = List.copyOf(mayNot);
        }
    }

    /**
     * A permission of the application.
     *
     * @param app the application's part that it belongs to
     * @param codename {@code *} for all that the part has
     */
    public record Permission(String app, String codename) {

        public boolean isEvery() {
            return codename.equals("*");
        }

        @Override
        public String toString() {
            return app + "." + codename;
        }
    }

    /**
     * Privileges on tables and views.
     *
     * @param tables as written: with their schema or without, quoted where SQL needs it
     * @param privileges in capitals
     * @param columns the only columns it is about, as the server stores their names; empty for the whole table
     */
    public record Grant(List<String> tables, List<String> privileges, List<String> columns) {

        public Grant {
            tables = List.copyOf(tables);
            privileges = List.copyOf(privileges);
            columns = List.copyOf(columns);
        }
    }

    /**
     * A row policy: which rows of a table the role sees and writes.
     *
     * @param name the policy's name in the database
     * @param table as written
     * @param command ALL, SELECT, INSERT, UPDATE or DELETE
     * @param using the condition for rows that are there; null for none
     * @param check the condition for rows that are written; null for none
     */
    public record Policy(
            String name,
            String table,
            String command,
            @Nullable String using,
            @Nullable String check) {}

    /**
     * A superuser of the application.
     *
     * @param passwordFrom the configured secret that holds the password
     * @param iterations of the hash, as the application makes it
     */
    public record Superuser(String username, String email, String passwordFrom, int iterations) {}
}
