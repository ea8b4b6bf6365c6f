package dev.belay.undo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The way back of migrations for which nobody wrote one. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class GeneratedUndoIT {

    private static final String V2 =
            "ALTER TABLE member RENAME TO student;\nALTER TABLE student ADD mail text NOT NULL DEFAULT 'none';";

    @Test
    void what_applications_wrote_stays_and_what_goes_away_is_copied_first() {
        TestDatabase database = atVersion1().script("V2__student.sql", V2);
        Run forward = applied(database);
        assertThat(forward.result("reversible")).isEqualTo("true");
        assertThat(forward.step("rehearse")).contains("by generated undo scripts (2 statements, 1 of them lossy)");
        database.execute("INSERT INTO student VALUES (51, 'new one', 'new@x')");

        Run run = Run.undo(database, Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED ROLLED_BACK");
        assertThat(database.ask("SELECT name FROM member WHERE id = 51")).isEqualTo("new one");
        assertThat(run.results("salvaged")).containsExactly("public.student (mail)");
        String copy = database.ask("SELECT format('belay_salvage.%I', name) FROM belay_salvage.contents");
        assertThat(database.askAll("SELECT id || ' ' || mail FROM " + copy + " WHERE mail <> 'none'"))
                .containsExactly("51 new@x");
    }

    @Test
    void versions_of_several_migrations_are_taken_back_together() {
        TestDatabase database = atVersion1().script("V2__student.sql", V2);
        applied(database);
        applied(database.script("V3__view.sql", "CREATE VIEW mails AS SELECT mail FROM student"));

        Run run = Run.undo(database, Map.of("to", Map.of("app", "1")));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED ROLLED_BACK");
        assertThat(database.ask("SELECT count(*) FROM member")).isEqualTo("50");
        assertThat(database.ask("SELECT to_regclass('mails')")).isEqualTo("null");
    }

    @Test
    void it_is_fetched_as_a_file_and_kept_beside_its_script_counts_as_written() {
        TestDatabase database = atVersion1().script("V2__student.sql", V2);
        Run rehearsed = Run.migrate(database, Map.of("dryRun", true));
        JsonPath entry = list(rehearsed);
        assertThat(entry.getString("items[0].origin")).isEqualTo("GENERATED");
        assertThat(entry.getBoolean("items[0].proven")).isTrue();
        assertThat(entry.getList("items[0].statements.mark", String.class)).containsExactly("LOSSY", "SAFE");
        assertThat(entry.getInt("items[0].statements[0].values")).isEqualTo(50);
        Response file = given().accept("application/sql").get(entry.getString("items[0].script"));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.header("Content-Disposition")).contains("U2__student.sql");
        database.script("U2__student.sql", file.asString());

        Run again = Run.migrate(database);

        assertThat(again.outcome()).as(again.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(again.result("reversible")).isEqualTo("true");
        assertThat(again.step("rehearse")).doesNotContain("generated");
        assertThat(list(again).getString("items[0].origin")).isEqualTo("WRITTEN");
        assertThat(given().accept("text/plain")
                        .get(list(again).getString("items[0].script"))
                        .asString())
                .isEqualTo(file.asString());
    }

    @Test
    void what_cannot_be_taken_back_is_applied_and_its_undo_is_refused_with_the_reason() {
        TestDatabase database = atVersion1().script("V2__mood.sql", "ALTER TYPE mood ADD VALUE 'glad'");
        Run forward = applied(database);
        assertThat(forward.result("reversible")).isEqualTo("false");
        assertThat(forward.step("rehearse")).contains("no undo is offered", "'glad' out of the enum");
        assertThat(list(forward).getList("items[0].statements.mark", String.class))
                .containsExactly("IRREVERSIBLE");

        Run run = Run.undo(database, Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("not-reversible");
        assertThat(run.detail()).contains("V2__mood.sql", "'glad' out of the enum", "RESTORE");
    }

    @Test
    void values_that_were_rewritten_do_not_come_back_and_no_undo_is_offered() {
        TestDatabase database = atVersion1()
                .script("V2__upper.sql", "UPDATE member SET name = upper(name); ALTER TABLE member ADD x int");

        Run run = applied(database);

        assertThat(run.result("reversible")).isEqualTo("false");
        assertThat(list(run).getBoolean("items[0].proven")).isFalse();
        assertThat(list(run).getList("items[0].obstacles", String.class))
                .singleElement()
                .asString()
                .contains("leads elsewhere", "member");
    }

    @Test
    void a_script_of_another_text_is_not_taken_back_by_it() {
        TestDatabase database = atVersion1().script("V2__student.sql", V2);
        Run.migrate(database, Map.of("dryRun", true));
        database.script("V2__student.sql", V2 + "\nALTER TABLE student ADD y int;")
                .flywayMigrate();

        Run run = Run.undo(database, Map.of("to", Map.of("app", "1")));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("not-reversible");
    }

    @Test
    void unknown_migrations_and_files_are_not_found() {
        Run run = applied(atVersion1().script("V2__student.sql", V2));

        assertThat(List.of(
                        given().get(run.path() + "/undo/app/U9__x.sql").statusCode(),
                        given().get(run.path() + "/undo/other/U2__student.sql").statusCode(),
                        given().get("/migrations/00000000-0000-0000-0000-000000000000/undo")
                                .statusCode()))
                .containsOnly(404);
    }

    private static JsonPath list(Run run) {
        return given().get(run.path() + "/undo")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Run applied(TestDatabase database) {
        Run run = Run.migrate(database);
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        return run;
    }

    private static TestDatabase atVersion1() {
        return TestDatabase.claim()
                .script(
                        "V1__member.sql",
                        "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE member (id int PRIMARY KEY, name text NOT NULL);"
                                + "INSERT INTO member SELECT i, 'member ' || i FROM generate_series(1, 50) i;")
                .flywayMigrate();
    }
}
