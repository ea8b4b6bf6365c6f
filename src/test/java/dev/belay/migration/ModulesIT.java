package dev.belay.migration;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.School;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Projects of several modules on the way forward. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ModulesIT {

    @Test
    void a_module_goes_to_a_version_of_its_own_and_takes_along_what_it_depends_on() {
        TestDatabase database = School.claim();

        Run run = Run.migrate(database, Map.of("to", Map.of("results", "2")));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.results("scope"))
                .containsExactly(
                        "academics nothing → 1", "exams nothing → 1", "students nothing → 2", "results nothing → 2");
        assertThat(run.step("inspect")).contains("taken along, because it is depended on: academics, exams, students");
        assertThat(run.result("reversible")).isEqualTo("true");
        assertThat(School.versions(database, "results")).isEqualTo("1 2");
        assertThat(database.ask("SELECT to_regclass('profile')")).isEqualTo("null");
    }

    @Test
    void a_dependency_that_is_named_at_its_version_stays_as_it_is() {
        TestDatabase database = School.apply(School.claim(), "academics 1", "students 1")
                .execute("CREATE TABLE of_another (LIKE flyway_schema_history_students)");

        Run run = Run.migrate(database, Map.of("to", Map.of("results", "1", "students", "1")));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.results("scope")).containsExactly("exams nothing → 1", "results nothing → 1");
        assertThat(run.step("inspect")).contains("no module of the project has the history public.of_another");
        assertThat(School.versions(database, "students")).isEqualTo("1");
    }

    @Test
    void a_dependency_of_which_nothing_is_applied_cannot_be_held_back() {
        TestDatabase database = School.claim();

        Run run = Run.migrate(database, Map.of("to", Map.of("results", "1", "exams", "0")));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("invalid-request");
        assertThat(run.detail()).contains("results depends on exams, of which nothing is applied", "Leave exams out");
    }

    @Test
    void a_version_that_was_added_below_the_current_one_is_named_with_its_module() {
        TestDatabase database = School.apply(School.claim(), "academics 1", "students 2")
                .file("students/V1.5__late.sql", "CREATE TABLE late (id int)");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("history-not-usable");
        assertThat(run.detail()).contains("module students", "V1.5__late.sql", "would be left out", "a newer one");
    }

    @Test
    void a_script_that_misses_a_table_names_the_order_and_the_module_that_makes_it() {
        TestDatabase database = School.claim().yaml("""
                modules:
                  - {name: academics}
                  - {name: exams, dependsOn: [academics]}
                  - {name: results, dependsOn: [exams]}
                  - {name: students, dependsOn: [academics]}
                  - {name: core}
                """);

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("rehearsal-failed");
        assertThat(run.detail())
                .contains(
                        "V1__result.sql",
                        "\"student\" does not exist",
                        "The module results depends on exams alone",
                        "academics → exams → results → students → core",
                        "students/V1__student.sql",
                        "dependsOn: [exams, students]");
    }

    @Test
    void a_kept_module_begins_at_its_baseline_beside_new_ones() {
        TestDatabase database = withLegacy().execute("CREATE TABLE admission (id int PRIMARY KEY)");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.results("scope")).containsExactly("core nothing → 1");
        assertThat(get("/databases/" + database.name() + "/schema").jsonPath().getString("status"))
                .isEqualTo("UP_TO_DATE");
        assertThat(get("/databases/" + database.name() + "/gate").statusCode()).isEqualTo(200);
    }

    @Test
    void on_an_empty_database_a_kept_module_is_made_too_and_the_others_before_it_do_not_hide_it() {
        TestDatabase database = withLegacy();

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.results("scope")).containsExactly("core nothing → 1", "admissions nothing → 1");
        assertThat(database.ask("SELECT to_regclass('admission')")).isEqualTo("admission");
        assertThat(School.versions(database, "admissions")).isEqualTo("1");
    }

    @Test
    void fourteen_modules_go_together_and_their_state_is_told_in_time() {
        TestDatabase database = TestDatabase.claim();
        StringBuilder yaml = new StringBuilder("modules:\n");
        for (int i = 1; i <= 14; i++) {
            yaml.append("  - {name: m" + i + (i < 14 ? ", dependsOn: [m" + (i + 1) + "]" : "") + "}\n");
            String reference = i < 14 ? " REFERENCES t" + (i + 1) : "";
            database.file("m" + i + "/V1__t.sql", "CREATE TABLE t" + i + " (id int PRIMARY KEY" + reference + ")")
                    .file("m" + i + "/U1__t.sql", "DROP TABLE t" + i);
        }
        database.yaml(yaml.toString());

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.results("scope"))
                .hasSize(14)
                .startsWith("m14 nothing → 1")
                .endsWith("m1 nothing → 1");
        long begun = System.nanoTime();
        assertThat(get("/databases/" + database.name() + "/schema").jsonPath().getString("status"))
                .isEqualTo("UP_TO_DATE");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    }

    private static TestDatabase withLegacy() {
        return TestDatabase.claim()
                .yaml("modules: [{name: core}, {name: admissions, baseline: '1'}]")
                .file("core/V1__core.sql", "CREATE TABLE profile (id int PRIMARY KEY)")
                .file("admissions/V1__admission.sql", "CREATE TABLE admission (id int PRIMARY KEY)");
    }
}
