package dev.belay.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.School;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Projects of several modules on the way back. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ModulesUndoIT {

    @Test
    void versions_go_back_in_the_reverse_of_the_order_in_which_they_were_applied_not_of_the_dependencies() {
        TestDatabase database = School.claim()
                .file("results/V1__result.sql", "CREATE TABLE result (id int); ALTER TABLE student ADD counted int")
                .file("results/U1__result.sql", "ALTER TABLE student DROP counted; DROP TABLE result")
                .file("students/V2__pupil.sql", "ALTER TABLE student RENAME TO pupil")
                .file("students/U2__pupil.sql", "ALTER TABLE pupil RENAME TO student");
        deleteCode(database);
        School.apply(database, "academics 1", "exams 1", "students 1", "results 1", "students 2");

        Run run = Run.undo(database, Map.of("to", Map.of("students", "1", "results", "0")));

        rolledBack(run);
        assertThat(database.ask("SELECT string_agg(attname, ' ') FROM pg_attribute"
                        + " WHERE attrelid = 'student'::regclass AND attnum > 0 AND NOT attisdropped"))
                .isEqualTo("id batch");
    }

    @Test
    void where_the_dependent_was_applied_last_it_goes_back_first() {
        TestDatabase database = onCode();

        Run run = Run.undo(database, Map.of("to", Map.of("students", "1", "results", "0")));

        rolledBack(run);
        assertThat(database.ask("SELECT to_regclass('result')")).isEqualTo("null");
    }

    @Test
    void what_stands_on_it_goes_back_first_where_it_cannot_go_alone() {
        TestDatabase database = onCode();
        database.execute("INSERT INTO student VALUES (1, NULL, 7)", "INSERT INTO result VALUES (1, 7)");

        Run dry = Run.undo(database, Map.of("to", Map.of("students", "1"), "dryRun", true));
        assertThat(dry.outcome()).as(dry.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(dry.result("takenAlong.modules")).isEqualTo("results 1 → nothing");
        assertThat(database.ask("SELECT count(*) FROM result")).isEqualTo("1");
        Run run = Run.undo(database, Map.of("to", Map.of("students", "1")));

        rolledBack(run);
        assertThat(run.step("inspect")).contains("students 2 → 1", "to stay if they can: results 1");
        assertThat(run.step("rehearse")).contains("not possible alone, so first results 1 → nothing");
        assertThat(run.result("takenAlong.because")).contains("U2__code.sql", "depend");
        assertThat(database.ask("SELECT to_regclass('result')")).isEqualTo("null");
        assertThat(database.askAll("SELECT origin FROM belay_salvage.contents ORDER BY 1"))
                .containsExactly("public.result", "public.student");
    }

    @Test
    void a_dependent_that_is_named_stays_and_so_does_what_it_stands_on() {
        TestDatabase database = onCode();

        refused(Run.undo(database, Map.of("to", Map.of("students", "1", "results", "1"))));
    }

    @Test
    void nor_is_a_dependent_without_a_way_back_taken_along() throws Exception {
        TestDatabase database = onCode();
        Files.delete(database.project().resolve("results/U1__result.sql"));

        refused(Run.undo(database, Map.of("to", Map.of("students", "1"))));
    }

    @Test
    void where_it_does_not_go_with_its_dependents_either_both_reasons_are_told() {
        TestDatabase database = onCode().file("results/U1__result.sql", "DROP TABLE nowhere");

        Run run = Run.undo(database, Map.of("to", Map.of("students", "1")));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.detail()).contains("nowhere", "results 1 → nothing taken back first", "U2__code.sql");
    }

    @Test
    void a_cascade_does_not_take_a_part_of_the_dependent_along() {
        TestDatabase database = onCode().file("students/U2__code.sql", "ALTER TABLE student DROP code CASCADE");

        Run run = Run.undo(database, Map.of("to", Map.of("students", "1")));

        rolledBack(run);
        assertThat(run.result("takenAlong.because"))
                .contains("does not lead to the schema there is now", "result_code_fkey");
        assertThat(database.ask("SELECT to_regclass('result')")).isEqualTo("null");
    }

    @Test
    void a_module_goes_back_alone_where_the_copy_shows_that_its_dependents_can_do_without() {
        TestDatabase database = applied(School.claim());

        Run run = Run.undo(database, Map.of("to", Map.of("students", "1")));

        rolledBack(run);
        assertThat(run.step("rehearse")).contains("with results 3 in place");
        assertThat(School.versions(database, "results")).isEqualTo("1 2 3");
    }

    @Test
    void a_dependent_whose_check_fails_on_the_copy_goes_back_first_too() {
        TestDatabase database = applied(School.claim().yaml(School.YAML + """
                        checks:
                          - name: codes can be read
                            sql: SELECT count(code) >= 0 FROM student
                            module: results
                            from: "1"
                        """));

        Run run = Run.undo(database, Map.of("to", Map.of("students", "1")));

        rolledBack(run);
        assertThat(run.result("takenAlong.because")).contains("codes can be read");
        assertThat(run.result("takenAlong.modules")).isEqualTo("results 3 → nothing");
    }

    private static TestDatabase applied(TestDatabase database) {
        return School.apply(database, "academics 1", "exams 1", "students 2", "results 3");
    }

    /** A result that refers to the code that version 2 of the students has added. */
    private static TestDatabase onCode() {
        TestDatabase database = School.claim()
                .file("results/V1__result.sql", "CREATE TABLE result (id int, code int REFERENCES student (code))");
        return School.apply(database, "academics 1", "exams 1", "students 2", "results 1");
    }

    private static void deleteCode(TestDatabase database) {
        assertThat(database.project().resolve("students/V2__code.sql").toFile().delete())
                .isTrue();
        assertThat(database.project().resolve("students/U2__code.sql").toFile().delete())
                .isTrue();
    }

    private static void refused(Run run) {
        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("rehearsal-failed");
        assertThat(run.detail()).contains("results 1", "\"to\": {\"students\": \"1\", \"results\": \"0\"}");
    }

    private static void rolledBack(Run run) {
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED ROLLED_BACK");
    }
}
