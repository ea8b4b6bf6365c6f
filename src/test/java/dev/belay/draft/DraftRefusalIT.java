package dev.belay.draft;

import static dev.belay.draft.DraftIT.TO_FILE;
import static dev.belay.draft.DraftIT.shop;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not drafted, and why. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class DraftRefusalIT {

    @Test
    void a_draft_that_cannot_be_written_is_not_offered() {
        TestDatabase database = shop();
        database.file("desired.sql", "CREATE COLLATION odd FROM \"C\"");

        Run run = Run.start("drafts", database, TO_FILE).await();

        assertThat(run.outcome()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("draft-not-proven");
        assertThat(run.detail()).contains("COLLATION public.odd has to be made");
        assertThat(given().get(run.path() + "/files").statusCode()).isEqualTo(404);
    }

    @Test
    void a_desired_schema_that_cannot_be_made_is_told_with_its_line() {
        TestDatabase database = shop();
        database.file("desired.sql", "CREATE TABLE a (id int);\n\nCREATE TABLE b (id nothing)");

        Run run = Run.start("drafts", database, TO_FILE).await();

        assertThat(run.problem()).isEqualTo("script-invalid");
        assertThat(run.detail()).contains("desired.sql, line 3", "nothing");
    }

    @Test
    void scripts_that_are_pending_come_first_and_a_rename_of_nothing_is_refused() {
        TestDatabase database = shop();
        Map<String, Object> request = new HashMap<>(TO_FILE);
        request.put("renames", List.of(Map.of("table", "nobody", "to", "client")));
        assertThat(Run.start("drafts", database, request).await().detail()).contains("nobody → client");

        database.script("V002__more.sql", "CREATE TABLE more (id int)");
        Run run = Run.start("drafts", database, TO_FILE).await();
        assertThat(run.problem()).isEqualTo("preflight-refused");
        assertThat(run.detail()).contains("app/V002__more.sql");
    }

    @Test
    void a_bad_request_is_told_by_json_pointers() throws Exception {
        TestDatabase database = shop();
        Files.createSymbolicLink(database.project().resolve("out.sql"), Path.of("/etc/hostname"));
        assertThat(pointers(database, Map.of("kind", "poem"))).containsExactly("#/kind");
        assertThat(pointers(database, Map.of("kind", "diff"))).containsExactly("#/desired");
        assertThat(pointers(database, Map.of("kind", "diff", "desired", Map.of())))
                .containsExactly("#/desired");
        assertThat(pointers(database, Map.of("kind", "diff", "desired", Map.of("file", "../x.sql"))))
                .containsExactly("#/desired/file");
        assertThat(pointers(database, Map.of("kind", "diff", "desired", Map.of("file", "out.sql"))))
                .containsExactly("#/desired/file");
        assertThat(pointers(database, Map.of("kind", "diff", "desired", Map.of("database", "nowhere"))))
                .containsExactly("#/desired/database");
        assertThat(pointers(
                        database, Map.of("kind", "diff", "desired", Map.of("file", "desired.sql"), "colour", "red")))
                .containsExactly("#/colour");
        assertThat(pointers(database, Map.of("kind", "diff", "module", "x", "desired", Map.of("file", "desired.sql"))))
                .containsExactly("#/module");
        assertThat(pointers(
                        database,
                        Map.of(
                                "kind",
                                "diff",
                                "desired",
                                Map.of("file", "desired.sql"),
                                "renames",
                                List.of(Map.of("table", "", "to", "x")))))
                .containsExactly("#/renames/0/table");
    }

    private static List<String> pointers(TestDatabase database, Map<String, Object> request) {
        Map<String, Object> body = new HashMap<>(request);
        body.put("database", database.name());
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/drafts")
                .then()
                .statusCode(400)
                .extract()
                .jsonPath()
                .getList("errors.pointer", String.class);
    }
}
