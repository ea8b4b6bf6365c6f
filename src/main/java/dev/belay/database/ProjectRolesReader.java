package dev.belay.database;

import dev.belay.problem.ProblemException;
import dev.belay.sql.Statements;
import dev.belay.sql.Words;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks what belay.yaml says of roles, so that a job never meets a declaration that cannot be made. */
final class ProjectRolesReader {

    private static final int LONGEST_GROUP = 150;
    private static final int LONGEST_NAME = 63;
    private static final int FEWEST_ITERATIONS = 1000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int DJANGO_ITERATIONS = 260_000;
    private static final Set<String> OF_COLUMNS = Set.of("SELECT", "INSERT", "UPDATE", "REFERENCES");
    private static final Set<String> PRIVILEGES =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER");
    private static final Set<String> COMMANDS = Set.of("ALL", "SELECT", "INSERT", "UPDATE", "DELETE");

    private final String project;
    private final Function<String, ProblemException> invalid;

    ProjectRolesReader(String project, Function<String, ProblemException> invalid) {
        this.project = project;
        this.invalid = invalid;
    }

    ProjectRoles read(ProjectFile file) {
        List<ProjectRoles.Group> groups = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> roles = new HashSet<>();
        for (RolesFile.GroupEntry entry : entries(file.roles(), "roles")) {
            ProjectRoles.Group group = group(entry);
            if (!names.add(group.name())) {
                throw invalid.apply("it names the role " + group.name() + " twice");
            }
            if (!roles.add(group.role())) {
                throw invalid.apply("two roles have the PostgreSQL role " + group.role() + "; give one of them another"
                        + " by its field role");
            }
            groups.add(group);
        }
        AuthTables auth = auth(file.auth());
        groups.stream()
                .filter(group -> !auth.groups() && !group.permissions().isEmpty())
                .findFirst()
                .ifPresent(group -> {
                    throw invalid.apply("the role " + group.name()
                            + " has permissions, which the application has no place for: auth.groups is false");
                });
        return new ProjectRoles(groups, auth, superuser(file.superuser()));
    }

    private ProjectRoles.Group group(RolesFile.GroupEntry entry) {
        String name = required(entry.name(), "a role needs a name");
        if (name.length() > LONGEST_GROUP || !name.equals(name.strip())) {
            throw invalid.apply("the role \"" + name + "\" needs a name of " + LONGEST_GROUP
                    + " characters at most, without white space around it");
        }
        String what = "the role " + name;
        String role = Objects.requireNonNullElseGet(
                entry.role(),
                () -> project + "_" + name.toLowerCase(Locale.ROOT).replaceAll("\\s+", "_"));
        if (role.isBlank() || bytes(role) > LONGEST_NAME || role.startsWith("pg_") || role.equals("public")) {
            throw invalid.apply(what + " would be the PostgreSQL role \"" + role + "\", which has to have 1 to "
                    + LONGEST_NAME + " bytes, must not begin with pg_ and must not be public; give it another by its"
                    + " field role");
        }
        List<ProjectRoles.Grant> grants = new ArrayList<>();
        for (RolesFile.GrantEntry grant : entries(entry.grants(), "grants of " + what)) {
            grants.add(grant(grant, what));
        }
        String given = entry.given() == null || entry.given().isBlank() ? null : tried(entry.given(), what, false);
        return new ProjectRoles.Group(
                name,
                role,
                entries(entry.permissions(), "permissions of " + what).stream()
                        .map(permission -> permission(permission, what))
                        .toList(),
                grants,
                policies(entry, role, what),
                given,
                statements(entry.may(), "may of " + what),
                statements(entry.mayNot(), "mayNot of " + what));
    }

    private ProjectRoles.Permission permission(String written, String what) {
        int dot = written.indexOf('.');
        if (dot < 1 || dot == written.length() - 1) {
            throw invalid.apply(what + " has the permission \"" + written
                    + "\"; a permission is like students.add_student or results.*");
        }
        return new ProjectRoles.Permission(written.substring(0, dot), written.substring(dot + 1));
    }

    private ProjectRoles.Grant grant(RolesFile.GrantEntry entry, String what) {
        List<String> tables = entries(entry.tables(), "tables of a grant of " + what);
        List<String> columns = entries(entry.columns(), "columns of a grant of " + what);
        List<String> privileges = entries(entry.privileges(), "privileges of a grant of " + what).stream()
                .map(privilege -> privilege.toUpperCase(Locale.ROOT))
                .toList();
        if (tables.isEmpty() || privileges.isEmpty()) {
            throw invalid.apply("a grant of " + what + " needs tables and privileges");
        }
        tables.forEach(table -> table(table, what));
        Set<String> possible = columns.isEmpty() ? PRIVILEGES : OF_COLUMNS;
        if (!possible.containsAll(privileges)) {
            throw invalid.apply("a grant of " + what + " has the privileges " + privileges + "; on "
                    + (columns.isEmpty() ? "tables" : "columns") + " there are " + new TreeSet<>(possible));
        }
        return new ProjectRoles.Grant(tables, privileges, columns);
    }

    private List<ProjectRoles.Policy> policies(RolesFile.GroupEntry group, String role, String what) {
        List<ProjectRoles.Policy> policies = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RolesFile.PolicyEntry entry : entries(group.policies(), "policies of " + what)) {
            String table = table(required(entry.table(), "a policy of " + what + " needs a table"), what);
            String command = Objects.requireNonNullElse(entry.command(), "ALL").toUpperCase(Locale.ROOT);
            if (!COMMANDS.contains(command)) {
                throw invalid.apply("a policy of " + what + " has the command " + command + "; there are "
                        + new TreeSet<>(COMMANDS));
            }
            String name =
                    Objects.requireNonNullElseGet(entry.name(), () -> role + "_" + command.toLowerCase(Locale.ROOT));
            if (name.isBlank() || bytes(name) > LONGEST_NAME) {
                throw invalid.apply("the policy \"" + name + "\" of " + what + " needs a name of 1 to " + LONGEST_NAME
                        + " bytes; give it one by its field name");
            }
            if (!names.add(Words.name(table) + " " + name)) {
                throw invalid.apply(what + " has the policy " + name + " on " + table + " twice; name one of them");
            }
            policies.add(new ProjectRoles.Policy(
                    name, table, command, condition(entry.using(), what), condition(entry.check(), what)));
            requireFitting(policies.get(policies.size() - 1), what);
        }
        return policies;
    }

    private void requireFitting(ProjectRoles.Policy policy, String what) {
        boolean insert = policy.command().equals("INSERT");
        boolean reads = Set.of("SELECT", "DELETE").contains(policy.command());
        if ((insert && policy.using() != null) || (reads && policy.check() != null)) {
            throw invalid.apply("the policy " + policy.name() + " of " + what + " is for " + policy.command()
                    + ", which takes " + (insert ? "check" : "using") + " alone");
        }
        if (policy.using() == null && policy.check() == null) {
            throw invalid.apply("the policy " + policy.name() + " of " + what + " needs using, check, or both");
        }
    }

    private @Nullable String condition(@Nullable String sql, String what) {
        if (sql == null || sql.isBlank()) {
            return null;
        }
        return split("SELECT (\n" + sql + "\n)", what).size() == 1 ? sql.strip() : notOne(what);
    }

    private List<String> statements(@Nullable List<@Nullable String> written, String key) {
        return entries(written, key).stream().map(sql -> tried(sql, key, true)).toList();
    }

    /** What is tried is rolled back, so it must not end the transaction it is in. */
    private String tried(String sql, String what, boolean single) {
        List<Statements.Statement> statements = split(sql, what);
        if (single && statements.size() != 1) {
            return notOne(what);
        }
        for (Statements.Statement statement : statements) {
            if (statement.controlsTransaction() || statement.needsAutocommit()) {
                throw invalid.apply(what + " has a statement that begins or ends a transaction, or cannot be in one."
                        + " What is tried is rolled back; leave the statement out");
            }
        }
        return sql.strip().replaceAll(";+$", "");
    }

    private String notOne(String what) {
        throw invalid.apply(what + " has SQL that has to be one statement or condition, and is more");
    }

    private List<Statements.Statement> split(String sql, String what) {
        try {
            List<Statements.Statement> statements = Statements.split(sql);
            if (statements.isEmpty()) {
                throw invalid.apply(what + " has SQL without a statement");
            }
            return statements;
        } catch (SQLException e) {
            throw invalid.apply(what + " has SQL that cannot be split into statements: " + e.getMessage());
        }
    }

    private String table(String written, String what) {
        int parts = Words.name(written).size();
        if (parts < 1 || parts > 2) {
            throw invalid.apply(what + " names the table \"" + written + "\", which is no name such as students_student"
                    + " or school.\"Odd Name\"");
        }
        return written;
    }

    private AuthTables auth(RolesFile.@Nullable AuthEntry entry) {
        if (entry == null) {
            return AuthTables.DJANGO;
        }
        Map<String, String> tables = Objects.requireNonNullElse(entry.tables(), Map.of());
        Map<String, Map<String, String>> columns = Objects.requireNonNullElse(entry.columns(), Map.of());
        requireKnown(AuthTables.KNOWN.keySet(), tables.keySet(), "auth.tables");
        requireKnown(AuthTables.KNOWN.keySet(), columns.keySet(), "auth.columns");
        columns.forEach((table, renamed) -> requireKnown(
                Objects.requireNonNull(AuthTables.KNOWN.get(table)), renamed.keySet(), "auth.columns." + table));
        return new AuthTables(
                !Boolean.FALSE.equals(entry.groups()),
                Objects.requireNonNullElse(entry.schema(), "public"),
                tables,
                columns);
    }

    private void requireKnown(Set<String> known, Set<String> named, String key) {
        if (!known.containsAll(named)) {
            throw invalid.apply(
                    key + " goes by Django's names, which are " + new TreeSet<>(known) + "; it names " + named);
        }
    }

    private ProjectRoles.@Nullable Superuser superuser(RolesFile.@Nullable SuperuserEntry entry) {
        if (entry == null) {
            return null;
        }
        int iterations = Objects.requireNonNullElse(entry.iterations(), DJANGO_ITERATIONS);
        if (iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw invalid.apply(
                    "the superuser's iterations have to be from " + FEWEST_ITERATIONS + " to " + MOST_ITERATIONS);
        }
        return new ProjectRoles.Superuser(
                required(entry.username(), "the superuser needs a username"),
                Objects.requireNonNullElse(entry.email(), ""),
                required(entry.passwordFrom(), "the superuser needs a passwordFrom, the name of a configured secret"),
                iterations);
    }

    private <T> List<T> entries(@Nullable List<@Nullable T> entries, String key) {
        List<T> all = new ArrayList<>();
        for (T entry : Objects.requireNonNullElse(entries, List.<@Nullable T>of())) {
            if (entry == null || (entry instanceof String text && text.isBlank())) {
                throw invalid.apply("an entry of " + key + " is empty");
            }
            all.add(entry);
        }
        return all;
    }

    private String required(@Nullable String text, String fault) {
        if (text == null || text.isBlank()) {
            throw invalid.apply(fault);
        }
        return text;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
