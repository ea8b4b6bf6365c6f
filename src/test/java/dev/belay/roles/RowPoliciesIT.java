package dev.belay.roles;

import static dev.belay.roles.RolesIT.names;
import static dev.belay.roles.RolesIT.roles;
import static dev.belay.roles.RolesIT.sims;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Row policies of roles, and what is known of the schema after them. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class RowPoliciesIT {

    private static final String FACULTY = """
            modules: [{name: app}]
            roles:
              - name: FACULTY
                grants:
                  - {tables: [students_student], privileges: [SELECT, INSERT, UPDATE]}
                  - {tables: [results_resultheader], privileges: [SELECT, UPDATE]}
                policies:
                  - {table: students_student, using: "room = current_setting('app.room', true)"}
                  - {table: results_resultheader, command: SELECT, using: "true"}
                  - {table: results_resultheader, command: UPDATE, using: status <> 'FROZEN', check: status <> 'FROZEN'}
                given: |
                  SET LOCAL app.room = 'A';
                  UPDATE results_resultheader SET status = 'FROZEN' WHERE id = 2
                may:
                  - SELECT FROM students_student WHERE name = 'Amina'
                  - UPDATE results_resultheader SET status = 'VERIFIED' WHERE id = 1
                mayNot:
                  - SELECT FROM students_student WHERE name = 'Basil'
                  - INSERT INTO students_student (name, room) VALUES ('x', 'B')
                  - UPDATE results_resultheader SET status = 'DRAFT' WHERE id = 2
                  - UPDATE results_resultheader SET status = 'FROZEN' WHERE id = 1
            """;

    @Test
    void rows_that_a_policy_hides_count_as_refused() {
        TestDatabase database = sims(TestDatabase.claim(), FACULTY);

        Run first = roles(database, Map.of());
        Run second = roles(database, Map.of());

        assertThat(first.outcome()).as(first.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(names(first, "created"))
                .contains(
                        "policy " + database.name() + "_faculty_all on public.students_student",
                        "row security public.results_resultheader");
        assertThat(first.<Map<String, Object>>list("trials"))
                .extracting(trial -> trial.get("detail"))
                .contains("there are rows, and row policies hide them");
        assertThat(second.outcome()).as(second.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(database.ask("SELECT string_agg(status, ' ') FROM results_resultheader"))
                .isEqualTo("DRAFT DRAFT");
    }

    @Test
    void an_application_without_groups_gets_the_roles_of_postgresql_alone() {
        TestDatabase database = TestDatabase.claim().yaml("""
                modules: [{name: app}]
                auth: {groups: false}
                roles:
                  - name: CLERK
                    grants: [{tables: [letter], privileges: [SELECT]}]
                    may: [SELECT FROM letter]
                    mayNot: [DELETE FROM letter]
                """).execute("CREATE TABLE letter (id int)");

        Run first = roles(database, Map.of());

        assertThat(first.outcome()).as(first.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(roles(database, Map.of()).outcome()).isEqualTo("SUCCEEDED UNCHANGED");
    }

    @Test
    void where_there_is_no_row_nothing_is_proven() {
        TestDatabase database = sims(TestDatabase.claim(), FACULTY.replace("name = 'Basil'", "name = 'Nobody'"));

        Run run = roles(database, Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.detail()).contains("1 of 6 trials", "no row to try it on", "see to a row in given");
    }

    @Test
    void a_policy_that_was_changed_here_or_there_is_made_anew() {
        TestDatabase database = sims(TestDatabase.claim(), FACULTY);
        roles(database, Map.of());
        String policy = database.name() + "_faculty_select on public.results_resultheader";
        database.execute("ALTER POLICY " + database.name() + "_faculty_select ON results_resultheader USING (id > 0)");

        Run byHand = roles(database, Map.of());
        database.yaml(FACULTY.replace("command: SELECT, using: \"true\"", "command: SELECT, using: \"id > -1\""));
        Run declared = roles(database, Map.of());

        assertThat(names(byHand, "changed")).containsExactly("policy " + policy);
        assertThat(names(declared, "changed")).containsExactly("policy " + policy);
        assertThat(database.ask("SELECT qual FROM pg_policies WHERE policyname LIKE '%faculty_select'"))
                .isEqualTo("(id > '-1'::integer)");
        assertThat(roles(database, Map.of()).outcome()).isEqualTo("SUCCEEDED UNCHANGED");
    }

    @Test
    void whoever_the_new_policies_leave_without_rows_is_named() {
        TestDatabase database = sims(
                TestDatabase.claim(),
                FACULTY + "  - {name: OFFICE, grants: [{tables: [students_student], privileges: [SELECT]}]}\n");

        Run run = roles(database, Map.of());

        assertThat(run.results("roles.warnings"))
                .as(run.toString())
                .containsExactly(database.name() + "_office has privileges on public.students_student, which has row"
                        + " policies, but none for it: it sees and changes no row there");
    }

    @Test
    void roles_that_belay_made_are_no_drift() {
        TestDatabase database = sims(TestDatabase.claimWatched(), FACULTY)
                .execute("CREATE TABLE made_before_the_baseline (id int)")
                .yaml(FACULTY.replace("{name: app}", "{name: app, baseline: '1'}"))
                .script("V2__a.sql", "CREATE TABLE a (id int PRIMARY KEY)");
        assertThat(Run.migrate(database).outcome()).isEqualTo("SUCCEEDED MIGRATED");

        assertThat(roles(database, Map.of()).outcome()).isEqualTo("SUCCEEDED MIGRATED");

        database.script("V3__b.sql", "CREATE TABLE b (id int PRIMARY KEY)");
        Run next = Run.migrate(database);
        assertThat(next.outcome()).as(next.toString()).isEqualTo("SUCCEEDED MIGRATED");
        database.execute("DROP TABLE made_before_the_baseline");
        Run drifted = roles(database, Map.of());
        assertThat(drifted.problem()).as(drifted.toString()).isEqualTo("schema-drifted");
        assertThat(roles(database, Map.of("acceptDrift", true)).outcome()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(roles(database, Map.of()).outcome()).isEqualTo("SUCCEEDED UNCHANGED");
    }
}
