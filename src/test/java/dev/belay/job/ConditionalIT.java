package dev.belay.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are held, left out, or given in the form that is wanted. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ConditionalIT {

    private static @Nullable Run shared;

    private final Run done = done();

    /** One job that is over is enough for all. */
    private static Run done() {
        Run run = shared == null ? Run.migrate(TestDatabase.claim()) : shared;
        shared = run;
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"x\", %s", "\"x\",W/%s,\"y\"", "*", " %s "})
    void what_a_caller_has_is_not_sent_again(String form) {
        String tag = given().get(done.path()).header("ETag");

        Response answer = given().header("If-None-Match", form.formatted(tag)).get(done.path());

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo(tag);
        assertThat(answer.asString()).isEmpty();
    }

    @Test
    void a_list_of_tags_may_come_in_several_lines() {
        String tag = given().get(done.path()).header("ETag");

        given().header("If-None-Match", "\"x\"", tag).get(done.path()).then().statusCode(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "W/\"x\"", "x", "\"", "\"*\"", ",,"})
    void what_a_caller_does_not_have_is_sent(String header) {
        given().header("If-None-Match", header).get(done.path()).then().statusCode(200);
    }

    @Test
    void a_job_and_its_table_have_different_tags_and_say_that_accept_matters() {
        Response json = given().get(done.path());
        Response text = given().accept("text/plain").get(done.path());

        assertThat(text.header("ETag")).isNotEqualTo(json.header("ETag"));
        assertThat(json.header("Vary")).containsIgnoringCase("accept");
        given().accept("text/plain")
                .header("If-None-Match", json.header("ETag"))
                .get(done.path())
                .then()
                .statusCode(200);
        given().accept("text/plain")
                .header("If-None-Match", text.header("ETag"))
                .get(done.path())
                .then()
                .statusCode(304);
    }

    @Test
    void the_form_is_the_one_that_is_wanted_most() {
        assertThat(type("text/plain")).startsWith("text/plain");
        assertThat(type("text/*")).startsWith("text/plain");
        assertThat(type("text/plain;q=0.1, application/json")).startsWith("application/json");
        assertThat(type("application/json;q=0.1, text/plain")).startsWith("text/plain");
        assertThat(type("*/*")).startsWith("application/json");
        assertThat(type("text/html, */*;q=0.1")).startsWith("application/json");
        given().accept("image/png").get(done.path()).then().statusCode(406);
    }

    private String type(String accept) {
        String job = given().accept(accept).get(done.path()).contentType();
        assertThat(given().accept(accept).get(done.path() + "/outcome").contentType())
                .isEqualTo(job);
        return job;
    }

    @Test
    void an_outcome_is_a_table_for_a_person_too() {
        Run failed = Run.backUp(TestDatabase.claim());

        Response answer = given().accept("text/plain").get(failed.path() + "/outcome");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString()).startsWith("backup " + failed.id());
    }

    @Test
    void what_is_done_is_not_to_be_asked_for_again() {
        assertThat(given().get(done.path()).header("Retry-After")).isNull();
        assertThat(given().get(done.path() + "/outcome").header("Retry-After")).isNull();
    }

    @Test
    void an_answer_is_held_until_anything_changes() {
        Run run = Run.start("migrations", sleeping(), Map.of()).during("rehearse", () -> {});
        Response now = given().get(run.path());
        String tag = now.header("ETag");

        Response held = timed(2, 6, "2", tag, run);
        given().post(run.path() + "/cancel").then().statusCode(202);
        Response changed = timed(0, 5, "25", tag, run);

        assertThat(held.statusCode()).isIn(200, 304);
        assertThat(held.header("Preference-Applied")).isEqualTo("wait=2");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        assertThat(now.header("Retry-After")).isEqualTo("2");
    }

    private static Response timed(int least, int most, String wait, String tag, Run run) {
        long start = System.nanoTime();
        RequestSpecification request = given().header("Prefer", "wait=" + wait).header("If-None-Match", tag);
        Response answer = request.get(run.path());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (answer.statusCode() == 304) {
            assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds(least));
        }
        assertThat(took).isLessThan(Duration.ofSeconds(most));
        return answer;
    }

    @Test
    void only_a_preference_that_was_followed_is_said_to_be() {
        for (String path : List.of(done.path(), done.path() + "/outcome", "/databases/madaris/gate")) {
            assertThat(applied(path, "wait=0")).isEqualTo("wait=0");
            assertThat(applied(path, "respond-async, Wait = \"0\"; x=y")).isEqualTo("wait=0");
            assertThat(applied(path, "wait=soon")).isNull();
            assertThat(applied(path, "foo; wait=10")).isNull();
            assertThat(applied(path + "?wait=0", "wait=1")).isNull();
            given().get(path + "?wait=soon").then().statusCode(400);
        }
        assertThat(applied(done.path(), "wait=3600")).isEqualTo("wait=25");
        assertThat(given().header("Prefer", "respond-async", "wait=7")
                        .get(done.path())
                        .header("Preference-Applied"))
                .isEqualTo("wait=7");
    }

    private static String applied(String path, String prefer) {
        return given().header("Prefer", prefer).get(path).header("Preference-Applied");
    }

    @Test
    void head_is_get_without_the_body() {
        for (String path : List.of("", "/outcome")) {
            Response get = given().get(done.path() + path);
            Response head = given().head(done.path() + path);
            assertThat(head.statusCode()).isEqualTo(get.statusCode());
            assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
            assertThat(head.contentType()).isEqualTo(get.contentType());
            assertThat(head.asString()).isEmpty();
        }
        assertThat(given().head("/migrations?limit=1").statusCode()).isEqualTo(200);
        assertThat(given().head("/databases/madaris/gate").statusCode()).isEqualTo(503);
    }

    @Test
    void options_says_what_a_path_knows() {
        Response options = given().options(done.path());

        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(String.join(",", options.headers().getValues("Allow"))).contains("GET", "HEAD", "OPTIONS");
    }

    /** A project whose script takes long enough on the copy to do something meanwhile, and is cancelled then. */
    private static TestDatabase sleeping() {
        return TestDatabase.claim().script("V1__a.sql", "SELECT pg_sleep(120)");
    }
}
