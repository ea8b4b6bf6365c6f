package dev.belay.roles;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Role groups as they are declared, made over HTTP. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class RolesIT {

    private static final String SIMS = """
            modules: [{name: app}]
            roles:
              - name: OFFICE_ASSISTANT
                permissions: [students.add_student, students.view_student]
                grants:
                  - {tables: [students_student], privileges: [SELECT, INSERT]}
                may: ["INSERT INTO students_student (name) VALUES ('new')", SELECT FROM students_student]
                mayNot: [UPDATE results_resultheader SET status = 'PUBLISHED', SELECT FROM finance_voucher,
                         DELETE FROM students_student]
              - name: COORDINATOR
                permissions: [results.*, results.publish_resultheader]
                grants:
                  - {tables: [results_resultheader], privileges: [SELECT]}
                  - {tables: [results_resultheader], privileges: [UPDATE], columns: [status]}
                may: [UPDATE results_resultheader SET status = 'PUBLISHED' WHERE id = 1]
                mayNot: [UPDATE results_resultheader SET student_id = 2]
            """;

    @Test
    void what_is_declared_is_made_and_a_second_run_changes_nothing() {
        TestDatabase database = sims(SIMS);

        Run first = roles(database, Map.of());
        Run second = roles(database, Map.of());

        assertThat(first.outcome()).as(first.toString()).isEqualTo("SUCCEEDED MIGRATED");
        String prefix = database.name() + "_";
        assertThat(names(first, "created"))
                .contains(
                        "group OFFICE_ASSISTANT",
                        "content type students.student",
                        "permission students.add_student",
                        "permission results.publish_resultheader",
                        "group permission COORDINATOR: results.view_resultheader",
                        "role " + prefix + "office_assistant",
                        "grant UPDATE (status) on public.results_resultheader to " + prefix + "coordinator",
                        "grant USAGE on public.students_student_id_seq to " + prefix + "office_assistant");
        assertThat(database.ask("SELECT string_agg(c.app_label || '.' || p.codename, ' ' ORDER BY codename)"
                        + " FROM auth_group g JOIN auth_group_permissions l ON l.group_id = g.id"
                        + " JOIN auth_permission p ON p.id = l.permission_id"
                        + " JOIN django_content_type c ON c.id = p.content_type_id WHERE g.name = 'OFFICE_ASSISTANT'"))
                .isEqualTo("students.add_student students.view_student");
        assertThat(second.outcome()).as(second.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(second.step("apply")).startsWith("nothing to change: ").endsWith("7 trials as declared");
        assertThat(names(second, "unchanged"))
                .contains(
                        "group OFFICE_ASSISTANT",
                        "role " + prefix + "office_assistant",
                        "grant UPDATE (status) on public.results_resultheader to " + prefix + "coordinator",
                        "group permission COORDINATOR: results.publish_resultheader");
        assertThat(names(second, "created")).isEmpty();
        assertThat(names(second, "extra")).isEmpty();
    }

    @Test
    void each_trial_says_why_it_came_out_so() {
        TestDatabase database = sims(SIMS);

        Run run = roles(database, Map.of());

        assertThat(run.<Map<String, Object>>list("trials"))
                .extracting(trial -> trial.get("role") + " " + trial.get("expected") + " " + trial.get("detail"))
                .contains(
                        "OFFICE_ASSISTANT MAY allowed",
                        "OFFICE_ASSISTANT MAY_NOT refused: PostgreSQL said: permission denied for table finance_voucher.");
        assertThat(run.<Map<String, Object>>list("trials"))
                .extracting(trial -> trial.get("statement"))
                .contains("INSERT INTO students_student (name) VALUES ('…')");
        assertThat(database.ask("SELECT count(*) FROM students_student")).isEqualTo("2");
    }

    @Test
    void a_role_that_may_do_more_than_declared_is_not_made() {
        TestDatabase database = sims(SIMS);
        database.execute("GRANT SELECT ON finance_voucher TO PUBLIC");

        Run run = roles(database, Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("check-failed");
        assertThat(run.detail())
                .contains(
                        "1 of 7 trials",
                        "OFFICE_ASSISTANT may not SELECT FROM finance_voucher: allowed",
                        "Everything was rolled back");
        assertThat(made(database)).isEqualTo("0 groups 0 roles 2 permissions");
    }

    @Test
    void failing_for_another_reason_is_neither_allowed_nor_refused() {
        TestDatabase database = sims("""
                modules: [{name: app}]
                roles:
                  - name: CASHIER
                    grants: [{tables: [finance_voucher], privileges: [INSERT, SELECT]}]
                    may: [INSERT INTO finance_voucher (amount) VALUES (-1)]
                    mayNot: [SELECT FROM no_such_table, DELETE FROM finance_voucher]
                """);

        Run run = roles(database, Map.of());

        assertThat(run.problem()).as(run.toString()).isEqualTo("check-failed");
        assertThat(run.detail())
                .contains(
                        "2 of 3 trials",
                        "it failed otherwise: PostgreSQL said: new row for relation",
                        "it failed otherwise: PostgreSQL said: relation \"no_such_table\" does not exist");
    }

    @Test
    void everything_that_is_not_there_is_named_before_anything_is_made() {
        TestDatabase database = sims("""
                modules: [{name: app}]
                roles:
                  - name: FACULTY
                    grants:
                      - {tables: [exams_exam, attendance], privileges: [SELECT]}
                    policies: [{table: timetable, using: "true"}]
                """).execute("DROP TABLE auth_group_permissions");

        Run run = roles(database, Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("preflight-refused");
        assertThat(run.detail())
                .contains(
                        "public.auth_group_permissions is not there",
                        "there is no table exams_exam",
                        "there is no table attendance",
                        "there is no table timetable");
        assertThat(database.ask("SELECT count(*) FROM auth_group")).isEqualTo("0");
    }

    @Test
    void a_permission_of_nothing_and_a_column_that_is_not_there_are_named() {
        Run permissions = roles(
                sims("{modules: [{name: app}], roles: [{name: A, permissions: [exams.*, exams.publish]}]}"), Map.of());
        Run column = roles(
                sims("{modules: [{name: app}], roles: [{name: A, grants: [{tables: [finance_voucher],"
                        + " privileges: [SELECT], columns: [price]}]}]}"),
                Map.of());

        assertThat(permissions.detail()).contains("no permission exams.*", "no permission exams.publish");
        assertThat(column.detail()).contains("the table finance_voucher has no column price");
        assertThat(column.outcome()).isEqualTo("FAILED UNCHANGED");
    }

    @Test
    void a_dry_run_tells_and_makes_nothing() {
        TestDatabase database = sims(SIMS);

        Run run = roles(database, Map.of("dryRun", true));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.step("apply")).startsWith("tried and rolled back: ").endsWith("7 trials as declared");
        assertThat(names(run, "created")).contains("group COORDINATOR");
        assertThat(made(database)).isEqualTo("0 groups 0 roles 2 permissions");
    }

    @Test
    void what_is_beyond_the_declaration_stays_until_it_is_asked_to_go() {
        TestDatabase database = sims(SIMS);
        roles(database, Map.of());
        String assistant = database.name() + "_office_assistant";
        database.execute(
                "GRANT DELETE ON finance_voucher TO " + assistant,
                "CREATE POLICY by_hand ON finance_voucher FOR DELETE TO " + assistant + " USING (true)",
                "INSERT INTO auth_group (name) VALUES ('LIBRARIAN')");
        database.yaml(SIMS.replace("students.add_student, ", "").replaceAll("(?s)  - name: COORDINATOR.*", ""));

        Run told = roles(database, Map.of());
        Run pruned = roles(database, Map.of("prune", true));

        assertThat(told.outcome()).as(told.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(names(told, "extra"))
                .contains(
                        "grant DELETE on public.finance_voucher to " + assistant,
                        "policy by_hand on public.finance_voucher",
                        "group permission OFFICE_ASSISTANT: students.add_student",
                        "group LIBRARIAN",
                        "group COORDINATOR",
                        "role " + database.name() + "_coordinator");
        assertThat(pruned.outcome()).as(pruned.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(names(pruned, "removed"))
                .contains(
                        "grant DELETE on public.finance_voucher to " + assistant,
                        "policy by_hand on public.finance_voucher",
                        "group permission OFFICE_ASSISTANT: students.add_student",
                        "grant SELECT on public.results_resultheader to " + database.name() + "_coordinator");
        assertThat(made(database)).isEqualTo("3 groups 2 roles 5 permissions");
        assertThat(roles(database, Map.of("prune", true)).outcome()).isEqualTo("SUCCEEDED UNCHANGED");
    }

    @Test
    void a_role_that_is_more_than_a_group_is_never_taken_over() {
        TestDatabase database = sims("{modules: [{name: app}], roles: [{name: A, role: belay_limited}]}");

        Run run = roles(database, Map.of());

        assertThat(run.problem()).as(run.toString()).isEqualTo("preflight-refused");
        assertThat(run.detail()).contains("there is a role belay_limited", "more than a group");
    }

    @Test
    void names_are_quoted_wherever_they_come() {
        String longest = "Kassé \"der\" Schule; DROP TABLE finance_voucher; --' ÄÖÜ 012";
        TestDatabase database = sims("""
                modules: [{name: app, schema: 'Büro "1"'}]
                roles:
                  - name: "Kassé's \\"Büro\\" \\\\"
                    role: '%s'
                    permissions: ["Büro.add_kasse'"]
                    grants:
                      - {tables: ['"Büro ""1""\".student'], privileges: [SELECT, INSERT, UPDATE], columns: ['Né "le"']}
                      - {tables: [student], privileges: [DELETE, INSERT]}
                    policies: [{name: 'own "rows" '' \\', table: student, using: '"Né ""le""\" <> '''''}]
                    may: ['INSERT INTO student ("Né ""le""\") VALUES (''x'')', 'DELETE FROM student']
                """.formatted(longest.replace("'", "''")));
        database.execute(
                "CREATE SCHEMA \"Büro \"\"1\"\"\"",
                "CREATE TABLE \"Büro \"\"1\"\"\".student (id serial PRIMARY KEY, \"Né \"\"le\"\"\" text)");

        Run first = roles(database, Map.of());
        Run second = roles(database, Map.of());

        assertThat(first.outcome()).as(first.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(second.outcome()).as(second.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(database.ask("SELECT name FROM auth_group")).isEqualTo("Kassé's \"Büro\" \\");
        assertThat(database.ask("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'Kassé \"der\"%'"))
                .isEqualTo("1");
        assertThat(database.ask("SELECT count(*) FROM finance_voucher")).isEqualTo("1");
    }

    private static TestDatabase sims(String yaml) {
        return sims(TestDatabase.claim(), yaml);
    }

    static TestDatabase sims(TestDatabase database, String yaml) {
        return database.yaml(yaml).psql("/dev/belay/roles/sims.sql");
    }

    static Run roles(TestDatabase database, Map<String, Object> more) {
        return Run.start("roles", database, more).await();
    }

    /** Each as its type and its name. */
    static List<String> names(Run run, String what) {
        return run.<Map<String, Object>>list("roles." + what).stream()
                .map(change -> change.get("type") + " " + change.get("name"))
                .toList();
    }

    private static String made(TestDatabase database) {
        return database.ask("SELECT (SELECT count(*) FROM auth_group) || ' groups ' || (SELECT count(*) FROM pg_roles"
                + " WHERE rolname LIKE '" + database.name() + "\\_%') || ' roles ' || (SELECT count(*)"
                + " FROM auth_permission) || ' permissions'");
    }

    @Test
    void a_project_that_declares_nothing_is_told_so() {
        Run run = roles(sims("{modules: [{name: app}]}"), Map.of());

        assertThat(run.problem()).as(run.toString()).isEqualTo("preflight-refused");
        assertThat(run.detail()).contains("declares neither roles nor a superuser");
        given().get("/roles").then().statusCode(200);
    }
}
