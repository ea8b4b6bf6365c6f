package dev.belay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectRolesReaderTest {

    @TempDir
    Path folder;

    @Test
    void a_project_without_roles_declares_none() throws IOException {
        assertThat(read("").isEmpty()).isTrue();
    }

    @Test
    void everything_that_may_be_declared_of_a_group_is_read() throws IOException {
        ProjectRoles.Group assistant = read("""
                roles:
                  - name: OFFICE_ASSISTANT
                    permissions: [students.add_student, results.*]
                    grants:
                      - {tables: [students_student], privileges: [select, INSERT]}
                      - {tables: [results.header], privileges: [UPDATE], columns: [status, Marks]}
                    policies:
                      - {table: students_student, command: select, using: room = 'A'}
                      - {name: own, table: students_student, using: 'true', check: room = 'B'}
                    given: SET LOCAL app.room = 'A'; SELECT 1
                    may: [INSERT INTO students_student (name) VALUES ('x');]
                    mayNot: [SELECT FROM finance_voucher]
                """).groups().get(0);

        assertThat(assistant.role()).isEqualTo("sims_office_assistant");
        assertThat(assistant.permissions()).hasToString("[students.add_student, results.*]");
        assertThat(assistant.grants())
                .containsExactly(
                        new ProjectRoles.Grant(List.of("students_student"), List.of("SELECT", "INSERT"), List.of()),
                        new ProjectRoles.Grant(
                                List.of("results.header"), List.of("UPDATE"), List.of("status", "Marks")));
        assertThat(assistant.policies())
                .containsExactly(
                        new ProjectRoles.Policy(
                                "sims_office_assistant_select", "students_student", "SELECT", "room = 'A'", null),
                        new ProjectRoles.Policy("own", "students_student", "ALL", "true", "room = 'B'"));
        assertThat(assistant.may()).containsExactly("INSERT INTO students_student (name) VALUES ('x')");
    }

    @Test
    void the_role_the_tables_and_the_superuser_may_have_names_of_their_own() throws IOException {
        ProjectRoles roles = read("""
                roles: [{name: Fees Office, role: fees}]
                auth:
                  schema: portal
                  tables: {auth_user: accounts_user}
                  columns: {auth_user: {username: login}}
                superuser: {username: admin, email: admin@school.example, passwordFrom: sims-admin}
                """);

        assertThat(roles.groups().get(0).role()).isEqualTo("fees");
        assertThat(roles.auth().table("auth_user")).isEqualTo("\"portal\".\"accounts_user\"");
        assertThat(roles.auth().column("auth_user", "username")).isEqualTo("\"login\"");
        assertThat(roles.auth().column("auth_user", "email")).isEqualTo("\"email\"");
        assertThat(Objects.requireNonNull(roles.superuser()).iterations()).isEqualTo(260_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "roles: [{permissions: [a.b]}]                                        | a role needs a name",
                "roles: [{name: A}, {name: A}]                                        | names the role A twice",
                "roles: [{name: A}, {name: a}]                                        | have the PostgreSQL role sims_a",
                "roles: [{name: A, role: pg_monitor}]                                 | must not begin with pg_",
                "roles: [{name: A, permissions: [students]}]                          | students.add_student",
                "roles: [{name: A, grants: [{tables: [t], privileges: [DROP]}]}]      | there are [DELETE",
                "roles: [{name: A, grants: [{tables: [t], privileges: [DELETE], columns: [a]}]}] | on columns there are",
                "roles: [{name: A, grants: [{tables: [a.b.c], privileges: [SELECT]}]}] | a.b.c",
                "roles: [{name: A, grants: [{privileges: [SELECT]}]}]                 | needs tables and privileges",
                "roles: [{name: A, policies: [{table: t}]}]                           | needs using, check, or both",
                "roles: [{name: A, policies: [{table: t, command: INSERT, using: a}]}] | takes check alone",
                "roles: [{name: A, policies: [{table: t, using: a); DROP TABLE t; SELECT (1}]}] | and is more",
                "roles: [{name: A, may: [SELECT 1; SELECT 2]}]                        | has to be one statement",
                "roles: [{name: A, mayNot: [COMMIT]}]                                 | begins or ends a transaction",
                "roles: [{name: A, given: SELECT 1; ROLLBACK}]                        | begins or ends a transaction",
                "auth: {tables: {users: u}}                                           | goes by Django's names",
                "auth: {columns: {auth_user: {login: l}}}                             | goes by Django's names",
                "superuser: {username: admin}                                         | needs a passwordFrom",
                "superuser: {username: a, passwordFrom: s, iterations: 1}             | iterations have to be",
                "superuser: {username: a, password: s}                                | is not a known field",
            })
    void what_cannot_be_made_is_refused(String yaml, String said) {
        assertThatThrownBy(() -> read(yaml)).hasMessageContaining(said);
    }

    @Test
    void where_the_application_keeps_no_groups_there_are_no_permissions() throws IOException {
        String none = "auth: {groups: false}\n";
        assertThat(read(none + "roles: [{name: A}]").auth().groups()).isFalse();
        assertThatThrownBy(() -> read(none + "roles: [{name: A, permissions: [a.b]}]"))
                .hasMessageContaining("auth.groups is false");
    }

    private ProjectRoles read(String yaml) throws IOException {
        Files.createDirectories(folder.resolve("app"));
        Files.writeString(folder.resolve("belay.yaml"), "modules: [{name: app}]\n" + yaml);
        return ProjectReader.read("sims", folder).roles();
    }
}
