package dev.belay.approval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is no approval, and plans that are of no use any more. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ApprovalRefusalIT {

    @Test
    void whoever_asked_for_it_cannot_approve_it_under_any_spelling() {
        Run run = waiting(pending());

        for (String same : List.of("maria", "Maria", " maria ")) {
            assertRefused(run.approveBy(same), 403, "four-eyes", "You asked for this migration yourself");
        }
        assertThat(run.refresh().state()).isEqualTo("AWAITING_APPROVAL");
    }

    @Test
    void nobody_approves_without_a_name() {
        Run run = waiting(pending());

        assertRefused(
                given().contentType(ContentType.JSON)
                        .body(Map.of("planDigest", run.result("planDigest")))
                        .post(run.path() + "/approvals"),
                403,
                "four-eyes",
                "Nobody can tell who you are");
        assertRefused(run.approveBy("anonymous"), 403, "four-eyes", "Nobody can tell who you are");
    }

    @Test
    void what_nobody_known_asks_for_fails_before_any_work_is_done() {
        Run run = Run.migrate(pending());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("four-eyes");
        assertThat(run.stepState("back-up")).isEqualTo("SKIPPED");
    }

    @Test
    void another_digest_is_refused() {
        Run run = waiting(pending());

        assertRefused(run.approveBy("jose", "0".repeat(64)), 412, "plan-changed", run.result("planDigest"));
    }

    @Test
    void a_script_that_was_edited_meanwhile_voids_the_plan() {
        TestDatabase database = pending();
        Run run = waiting(database);
        database.script("V1__a.sql", "CREATE TABLE a (id bigint)");

        assertRefused(run.approveBy("jose"), 412, "plan-changed", "a script was changed: app/V1__a.sql");
        assertThat(run.refresh().state()).isEqualTo("AWAITING_APPROVAL");
    }

    @Test
    void an_undo_script_that_was_written_meanwhile_voids_the_plan() {
        TestDatabase database = pending();
        Run run = waiting(database);
        database.script("U1__a.sql", "DROP TABLE a");

        assertRefused(run.approveBy("jose"), 412, "plan-changed", "a script was added: app/U1__a.sql");
    }

    @Test
    void a_schema_that_was_changed_meanwhile_voids_the_plan() {
        TestDatabase database = pending();
        Run run = waiting(database);
        database.execute("CREATE TABLE surprise (id int)");

        assertRefused(run.approveBy("jose"), 412, "plan-changed", "the schema was changed since");
    }

    @Test
    void a_plan_that_nobody_approves_in_time_fails_and_leaves_the_database_alone() {
        TestDatabase database = TestDatabase.claimNamed("hasty").script("V1__a.sql", "CREATE TABLE a (id int)");

        Run run = Run.migrationBy("maria", database)
                .awaitState("AWAITING_APPROVAL")
                .await();

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("plan-stale");
        assertThat(run.detail()).contains("allows 4 s", "Ask for the migration again");
        assertThat(database.ask("SELECT to_regclass('a')")).isEqualTo("null");
        assertRefused(run.approveBy("jose"), 409, "conflict", "FAILED");
    }

    @Test
    void a_waiting_job_is_cancelled_at_once() {
        Run run = waiting(pending());

        given().post(run.path() + "/cancel").then().statusCode(202).body("state", equalTo("CANCELLED"));

        assertRefused(run.approveBy("jose"), 409, "conflict", "CANCELLED");
    }

    @Test
    void a_migration_without_a_policy_for_it_waits_for_nobody() {
        Run run = Run.migrate(TestDatabase.claim().script("V1__a.sql", "CREATE TABLE a (id int)"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.step("approve")).contains("asks for no approval");
        assertRefused(run.approveBy("jose"), 409, "conflict", "does not wait for an approval");
    }

    @Test
    void a_migration_that_is_not_there_cannot_be_approved() {
        String nowhere = "/migrations/" + UUID.randomUUID() + "/approvals";

        given().get(nowhere).then().statusCode(404);
        given().contentType(ContentType.JSON)
                .body(Map.of("planDigest", "0"))
                .post(nowhere)
                .then()
                .statusCode(404);
        given().contentType(ContentType.JSON)
                .body(Map.of())
                .post(nowhere)
                .then()
                .statusCode(400);
    }

    @Test
    void a_name_that_cannot_be_one_is_refused() {
        given().contentType(ContentType.JSON)
                .header("X-Forwarded-User", "m".repeat(201))
                .body(Map.of("database", TestDatabase.claim().name()))
                .post("/migrations")
                .then()
                .statusCode(400)
                .body("detail", startsWith("X-Forwarded-User must have at most 200 characters"));
    }

    private static TestDatabase pending() {
        return TestDatabase.claimProduction().script("V1__a.sql", "CREATE TABLE a (id int)");
    }

    private static Run waiting(TestDatabase database) {
        return Run.migrationBy("maria", database).awaitState("AWAITING_APPROVAL");
    }

    private static void assertRefused(Response answer, int status, String problem, String because) {
        answer.then()
                .statusCode(status)
                .body("type", equalTo("urn:belay:problem:" + problem))
                .body("detail", containsString(because));
    }
}
