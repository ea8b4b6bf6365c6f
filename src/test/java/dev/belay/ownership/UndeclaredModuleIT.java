package dev.belay.ownership;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.School;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Dependencies of modules that nobody has declared. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class UndeclaredModuleIT {

    /** The order happens to be right, because it is the one in which they are written. */
    private static final String UNDECLARED = """
            modules:
              - {name: academics}
              - {name: students, dependsOn: [academics]}
              - {name: exams, dependsOn: [academics]}
              - {name: results, dependsOn: [exams]}
              - {name: core}
            """;

    @Test
    void a_foreign_key_to_a_module_that_is_not_declared_keeps_the_migration_from_being_applied() {
        TestDatabase database = School.claim().yaml(UNDECLARED);

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("risk-too-high");
        assertThat(run.detail())
                .contains(
                        "B42, results/V1__result.sql, line 1",
                        "the module results does not depend on students",
                        "the foreign key of whom of public.result (made by results)",
                        "needs public.student (made by students)",
                        "has to say of results: dependsOn: [exams, students]");
        assertThat(given().get(run.path() + "/plan").jsonPath().getList("plan.advice.ruleId"))
                .contains("B42");
    }

    @Test
    void a_key_that_is_only_renamed_or_follows_a_type_is_not_one_that_the_script_makes() {
        TestDatabase database = School.claim()
                .file(
                        "academics/V2__id.sql",
                        "ALTER TABLE \"Batch \"\"é\"\" of\" ALTER id TYPE bigint;"
                                + " ALTER TABLE student RENAME CONSTRAINT student_batch_fkey TO of_batch")
                .file(
                        "academics/U2__id.sql",
                        "ALTER TABLE student RENAME CONSTRAINT of_batch TO student_batch_fkey;"
                                + " ALTER TABLE \"Batch \"\"é\"\" of\" ALTER id TYPE int");
        School.apply(database, "academics 1", "students 2", "exams 1");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
    }

    @Test
    void a_comment_with_a_reason_lets_it_pass() {
        TestDatabase database = School.claim()
                .yaml(UNDECLARED)
                .file(
                        "results/V1__result.sql",
                        "-- belay:allow undeclared-module the modules are about to be merged\n"
                                + "CREATE TABLE result (id int PRIMARY KEY, student int REFERENCES student)");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(given().get(run.path() + "/plan").jsonPath().getList("plan.advice.silencedBecause"))
                .contains("the modules are about to be merged");
    }

    @Test
    void who_made_an_older_table_is_told_by_running_its_scripts_on_an_empty_database() {
        TestDatabase database = School.claim()
                .yaml(UNDECLARED)
                .file("students/V3__pupil.sql", "ALTER TABLE student RENAME TO \"Pupil\"")
                .file("students/U3__pupil.sql", "ALTER TABLE \"Pupil\" RENAME TO student")
                .file(
                        "results/V1__result.sql",
                        "CREATE TABLE result (id int PRIMARY KEY, student int REFERENCES \"Pupil\")");
        School.apply(database, "academics 1", "students 3", "exams 1");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.detail()).contains("needs public.\"Pupil\" (made by students)", "dependsOn: [exams, students]");
    }

    @Test
    void of_a_table_that_no_script_has_made_it_is_said_that_it_cannot_be_told() {
        TestDatabase database = School.claim()
                .execute("CREATE TABLE auth_user (id int PRIMARY KEY)")
                .file("core/V1__core.sql", "CREATE TABLE profile (id int PRIMARY KEY REFERENCES auth_user)");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(given().get(run.path() + "/plan").jsonPath().getList("plan.risk.reasons.text", String.class))
                .anyMatch(text -> text.contains("cannot be told which module made public.auth_user")
                        && text.contains("no script of the project makes it"));
    }
}
