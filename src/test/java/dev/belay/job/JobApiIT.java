package dev.belay.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.belay.AtOnce;
import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every kind of job answers alike. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class JobApiIT {

    @Test
    void a_post_answers_202_with_the_same_view_as_a_get() {
        Response post = given().contentType(ContentType.JSON)
                .body(Map.of("database", nothingToDo().name()))
                .post("/migrations");

        post.then()
                .statusCode(202)
                .header("Location", startsWith("http://"))
                .header("Retry-After", notNullValue())
                .body("kind", equalTo("MIGRATION"))
                .body("databaseState", equalTo("UNCHANGED"))
                .body(
                        "steps.name",
                        equalTo(List.of(
                                "inspect",
                                "audit",
                                "back-up",
                                "prove",
                                "rehearse",
                                "plan",
                                "approve",
                                "window",
                                "apply",
                                "verify")));
        JsonPath get = given().get(post.header("Location") + "?wait=25s").jsonPath();
        assertThat(get.getString("id")).isEqualTo(post.jsonPath().getString("id"));
        assertThat(get.getMap("links")).isEqualTo(post.jsonPath().getMap("links"));
    }

    @Test
    void a_job_is_a_table_for_a_person() {
        Run run = Run.migrate(nothingToDo());

        String text = given().accept(ContentType.TEXT).get(run.path()).asString();

        assertThat(text).contains("migration " + run.id(), "SUCCEEDED, database UNCHANGED");
        assertThat(text.lines().filter(line -> line.contains("SKIPPED"))).hasSize(9);
    }

    @Test
    void an_unchanged_job_is_not_sent_again() {
        Run run = Run.migrate(nothingToDo());
        String tag = given().get(run.path()).header("ETag");

        given().header("If-None-Match", tag).get(run.path()).then().statusCode(304);
        given().header("If-None-Match", "\"0\"").get(run.path()).then().statusCode(200);
    }

    @Test
    void the_outcome_is_an_exit_code() {
        Run succeeded = Run.migrate(nothingToDo());
        Run failed = Run.backUp(TestDatabase.claim());
        Run running = Run.start("migrations", sleeping(), Map.of());

        given().get(succeeded.path() + "/outcome").then().statusCode(200);
        given().get(failed.path() + "/outcome").then().statusCode(409).body("state", equalTo("FAILED"));
        given().get(running.path() + "/outcome").then().statusCode(503).header("Retry-After", notNullValue());
        given().post(running.path() + "/cancel").then().statusCode(202);
    }

    @Test
    void a_job_of_another_kind_is_not_found() {
        Run run = Run.migrate(nothingToDo());

        given().get("/backups/" + run.id()).then().statusCode(404);
    }

    @Test
    void a_wait_that_cannot_be_read_is_refused() {
        Run run = Run.migrate(nothingToDo());

        given().get(run.path() + "?wait=soon").then().statusCode(400);
    }

    @Test
    void a_listing_goes_on_at_its_cursor_newest_first() {
        TestDatabase database = nothingToDo();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(0, Run.migrate(database).id());
        }

        Response first = given().get("/migrations?limit=2&database=" + database.name());
        String next = first.jsonPath().getString("next");
        Response second = given().get("/migrations?limit=2&database=" + database.name() + "&cursor=" + next);

        assertThat(first.jsonPath().getList("items.id")).isEqualTo(ids.subList(0, 2));
        assertThat(first.header("Link")).contains("cursor=" + next, "rel=\"next\"");
        assertThat(second.jsonPath().getList("items.id")).isEqualTo(ids.subList(2, 3));
        assertThat(second.jsonPath().getString("next")).isNull();
    }

    @Test
    void a_listing_shows_what_was_asked_for_alone() {
        TestDatabase database = nothingToDo();
        Run.migrate(database);
        String of = "&database=" + database.name();

        given().get("/migrations?state=SUCCEEDED" + of).then().body("items", hasSize(1));
        given().get("/migrations?state=FAILED" + of).then().body("items", hasSize(0));
        given().get("/migrations?createdAfter=2100-01-01T00:00:00Z" + of).then().body("items", hasSize(0));
        given().get("/backups?limit=200" + of).then().body("items", hasSize(0));
        given().get("/migrations?limit=0").then().statusCode(400);
        given().get("/migrations?cursor=%40%40").then().statusCode(400);
        given().get("/migrations?createdAfter=yesterday").then().statusCode(400);
    }

    @Test
    void a_running_job_is_cancelled_and_leaves_the_database_unchanged() {
        Run run = Run.start("migrations", sleeping(), Map.of()).during("rehearse", () -> {});

        given().post(run.path() + "/cancel").then().statusCode(202);
        run.await();
        given().post(run.path() + "/cancel").then().statusCode(202);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("CANCELLED UNCHANGED");
        assertThat(run.stepState("rehearse")).isEqualTo("CANCELLED");
        assertThat(run.stepState("apply")).isEqualTo("CANCELLED");
    }

    @Test
    void a_queued_job_waits_its_turn_and_is_cancelled_at_once() {
        TestDatabase database = sleeping();
        Run first = Run.start("migrations", database, Map.of()).during("rehearse", () -> {});
        Run second = Run.start("migrations", database, Map.of());

        assertThat(second.refresh().state()).isEqualTo("QUEUED");
        given().post(second.path() + "/cancel").then().statusCode(202).body("state", equalTo("CANCELLED"));
        given().post(first.path() + "/cancel").then().statusCode(202);
    }

    @Test
    void a_finished_job_cannot_be_cancelled() {
        Run run = Run.migrate(nothingToDo());

        given().post(run.path() + "/cancel")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:belay:problem:conflict"))
                .body("detail", containsString("is over (SUCCEEDED)"));
    }

    @Test
    void events_come_in_order_and_end_with_the_job() throws Exception {
        Run run = Run.migrate(nothingToDo());

        List<String> all = events(run, "0");
        String third = all.get(2).split(" ", -1)[0];
        List<String> rest = events(run, third);

        assertThat(all.get(0)).endsWith(" state");
        assertThat(all.get(all.size() - 1)).endsWith(" end");
        assertThat(rest).isEqualTo(all.subList(3, all.size()));
    }

    @Test
    void the_events_of_a_running_job_are_followed_to_its_end() throws Exception {
        TestDatabase database = TestDatabase.claim().script("V1__a.sql", "CREATE TABLE a (id int)");
        Run run = Run.start("migrations", database, Map.of());

        List<String> all = events(run, "0");

        assertThat(all)
                .anyMatch(event -> event.endsWith(" step"))
                .last()
                .asString()
                .endsWith(" end");
        assertThat(run.refresh().state()).isEqualTo("SUCCEEDED");
    }

    @Test
    void the_same_request_with_the_same_key_is_the_same_job() {
        Map<String, String> body = Map.of("database", nothingToDo().name());

        Response first = keyed("a-key", body);
        Response again = keyed("\"a-key\"", body);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.header("Idempotent-Replayed")).isNull();
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void another_request_with_the_same_key_is_refused() {
        keyed("other-key", Map.of("database", nothingToDo().name()));

        Response other = keyed("other-key", Map.of("database", nothingToDo().name()));

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.jsonPath().getString("type")).isEqualTo("urn:belay:problem:idempotency-key-reused");
    }

    @Test
    void one_key_sent_many_times_at_once_makes_one_job() {
        TestDatabase database = nothingToDo();
        Map<String, String> body = Map.of("database", database.name());

        List<Response> answers = AtOnce.map(Collections.nCopies(20, "storm-key"), key -> keyed(key, body));

        assertThat(answers).allMatch(answer -> answer.statusCode() == 202);
        given().get("/migrations?database=" + database.name()).then().body("items", hasSize(1));
    }

    private static Response keyed(String key, Map<String, String> body) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/migrations");
    }

    /** The stream's events as "id name", once it has ended. */
    private static List<String> events(Run run, String after) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + run.path() + "/events"))
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", after)
                .build();
        String stream = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        List<String> events = new ArrayList<>();
        String id = "";
        String name = "";
        for (String line : stream.lines().toList()) {
            id = line.startsWith("id:") ? line.substring(3).strip() : id;
            name = line.startsWith("event:") ? line.substring(6).strip() : name;
            if (line.isBlank() && !id.isEmpty()) {
                events.add(id + " " + name);
                id = "";
            }
        }
        return events;
    }

    private static TestDatabase nothingToDo() {
        return TestDatabase.claim();
    }

    /** A project whose script takes long enough on the copy to do something meanwhile, and is cancelled then. */
    private static TestDatabase sleeping() {
        return TestDatabase.claim().script("V1__a.sql", "SELECT pg_sleep(120)");
    }
}
