package dev.belay.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.belay.AtOnce;
import dev.belay.BelayTestResource;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import dev.belay.access.GuardedResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How much one caller may take. Each test has callers and addresses of its own. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
@WithTestResource(GuardedResource.class)
@WithTestResource(TightResource.class)
class LimitsIT {

    private static final String WRONG = "belay_not-a-token";
    private static final Duration SHORT = Duration.ofMillis(700);

    private static RequestSpecification from(String address) {
        return given().redirects().follow(false).header("X-Forwarded-For", address);
    }

    private static RequestSpecification from(String address, String token) {
        return from(address).auth().oauth2(token);
    }

    private static String token(String subject) {
        return from("10.0.0.1", GuardedResource.ADMIN)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "subject", subject, "grants", List.of(Map.of("role", "OPERATOR", "databases", List.of("*")))))
                .post("/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static Response untilTooMany(Supplier<Response> ask) {
        Response answer = ask.get();
        for (int i = 0; i < 200 && answer.statusCode() != 429; i++) {
            answer = ask.get();
        }
        return answer;
    }

    private static void tooMany(Response answer, String why) {
        answer.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("X-Content-Type-Options", "nosniff")
                .body("type", equalTo("urn:belay:problem:too-many-requests"))
                .body("detail", containsString(why))
                .body("detail", containsString("Nothing was done. Send it again in "));
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
    }

    @Test
    void an_address_is_limited_before_it_is_known_who_sends() {
        tooMany(untilTooMany(() -> from("10.0.1.1").get("/")), "The address 10.0.1.1 sends more requests");

        from("10.0.1.2").get("/").then().statusCode(307);
        from("10.0.1.1").get("/q/health/live").then().statusCode(200);
        from("10.0.1.1").get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void a_caller_is_limited_wherever_it_comes_from_and_no_other_pays_for_it() {
        String hasty = token("hasty");
        String patient = token("patient");
        int[] address = {1};

        tooMany(
                untilTooMany(() -> from("10.0.2." + address[0]++, hasty).get("/backups")),
                "The caller hasty sends more requests");

        from("10.0.2.1", patient).get("/backups").then().statusCode(200);
    }

    @Test
    void tokens_cannot_be_tried_out_and_who_was_known_before_does_not_notice() throws Exception {
        String known = token("known");
        String unseen = token("unseen");
        from("10.0.3.1", known).get("/backups").then().statusCode(200);

        for (int i = 0; i < 5; i++) {
            from("10.0.3.1", WRONG).get("/backups").then().statusCode(401);
        }
        tooMany(from("10.0.3.1", WRONG).get("/backups"), "sent too many tokens that are not good");

        from("10.0.3.1", known).get("/backups").then().statusCode(200);
        from("10.0.3.2", unseen).get("/backups").then().statusCode(200);
        Thread.sleep(1100);
        from("10.0.3.1", token("newcomer")).get("/backups").then().statusCode(200);
    }

    @Test
    void a_caller_has_so_many_jobs_and_a_repetition_is_none_more() {
        String caller = token("busy");
        TestDatabase database = sleeping();
        Response first = order(caller, database, "key-1");
        order(caller, database, "key-2").then().statusCode(202);
        order(caller, database, "key-3").then().statusCode(202);

        tooMany(order(caller, database, "key-4"), "The caller busy has 3 jobs that are not over");
        tooMany(order(caller, database, null), "The caller busy has 3 jobs that are not over");
        order(caller, database, "key-3").then().statusCode(202).header("Idempotent-Replayed", "true");
        from("10.0.4.1", caller)
                .get("/migrations?database=" + database.name())
                .then()
                .body("items.size()", equalTo(3));
        String second = from("10.0.4.1", caller)
                .get("/migrations?state=QUEUED&database=" + database.name())
                .path("items[0].id");
        cancel(caller, second);
        order(caller, database, "key-4").then().statusCode(202).header("Idempotent-Replayed", (String) null);
        cancel(caller, first.path("id"));
    }

    @Test
    void jobs_that_are_ordered_at_once_are_counted_too() {
        String caller = token("crowd");
        TestDatabase database = sleeping();

        List<Response> answers = AtOnce.map(Collections.nCopies(10, caller), one -> order(one, database, null));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 202).hasSize(3);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 429).hasSize(7);
        answers.stream()
                .filter(answer -> answer.statusCode() == 202)
                .forEach(answer -> cancel(caller, answer.path("id")));
    }

    @Test
    void a_caller_has_so_many_streams_and_one_that_is_closed_is_free_at_once() {
        String caller = token("listener");
        String path = job(caller) + "/events";
        RawClient first = open(caller, path);
        RawClient second = open(caller, path);
        assertThat(first.status(Duration.ofSeconds(5))).isEqualTo(200);
        assertThat(second.status(Duration.ofSeconds(5))).isEqualTo(200);

        tooMany(from("10.0.6.1", caller).get(path), "The caller listener has 2 event streams open");
        second.close();

        try (RawClient third = await().atMost(Duration.ofSeconds(1)).until(() -> open(caller, path), client -> {
            boolean isOpen = client.status(Duration.ofSeconds(1)) == 200;
            if (!isOpen) {
                client.close();
            }
            return isOpen;
        })) {
            assertThat(third.read(Duration.ofMillis(100))).doesNotContain("[closed]");
        }
        first.close();
    }

    @Test
    void a_caller_has_so_many_answers_held_and_who_goes_away_frees_one_at_once() {
        String caller = token("waiter");
        String path = job(caller) + "?wait=20s";
        RawClient first = open(caller, path);
        RawClient second = open(caller, path);
        assertThat(first.status(SHORT)).as("held").isZero();
        assertThat(second.status(SHORT)).as("held").isZero();

        tooMany(from("10.0.7.1", caller).get(path), "The caller waiter has 2 answers held");
        from("10.0.7.1", caller).get(path.replaceAll("\\?.*", "")).then().statusCode(200);
        second.close();

        try (RawClient third = await().atMost(Duration.ofSeconds(1))
                .until(() -> open(caller, path), client -> client.status(Duration.ofMillis(300)) == 0)) {
            assertThat(third.status(Duration.ofMillis(100))).as("held").isZero();
        }
        first.close();
    }

    @Test
    void a_silent_connection_is_closed_and_a_stream_that_only_beats_is_not() {
        String caller = token("idler");
        try (RawClient silent = new RawClient();
                RawClient stream = open(caller, job(caller) + "/events")) {
            assertThat(silent.read(Duration.ofSeconds(5))).isEqualTo("[closed]");
            assertThat(stream.read(Duration.ofSeconds(1)))
                    .contains("still here")
                    .doesNotContain("[closed]");
        }
    }

    @Test
    void a_body_that_trickles_in_is_not_waited_for() throws Exception {
        try (RawClient slow = RawClient.post("/backups", "Content-Length: 1000")) {

            Duration patience = slow.trickle(" ".repeat(1000), Duration.ofMillis(100));

            assertThat(patience).isBetween(Duration.ofMillis(700), Duration.ofMillis(2500));
            assertThat(slow.read(Duration.ofSeconds(2)))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("urn:belay:problem:request-timeout", "Nothing was done")
                    .endsWith("[closed]");
        }
    }

    @Test
    void browsers_are_told_to_keep_to_tls_where_there_is_tls() {
        from("10.0.8.1").get("/").then().header("Strict-Transport-Security", (String) null);
        from("10.0.8.1")
                .header("X-Forwarded-Proto", "https")
                .get("/")
                .then()
                .header("Strict-Transport-Security", containsString("max-age="));
    }

    private static RawClient open(String token, String path) {
        return RawClient.get(path, "Authorization: Bearer " + token);
    }

    /** The path of a job that goes on for longer than the test. */
    private static String job(String caller) {
        return "/migrations/"
                + order(caller, sleeping(), null)
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
    }

    private static Response order(String caller, TestDatabase database, @org.jspecify.annotations.Nullable String key) {
        return from("10.0.9.1", caller)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key == null ? UUID.randomUUID() : key)
                .body(Map.of("database", database.name()))
                .post("/migrations");
    }

    private static void cancel(String caller, String job) {
        from("10.0.9.2", caller).post("/migrations/" + job + "/cancel").then().statusCode(202);
    }

    private static TestDatabase sleeping() {
        return TestDatabase.claim().script("V1__a.sql", "SELECT pg_sleep(120)");
    }
}
