package dev.belay.process;

import static io.restassured.RestAssured.given;

import dev.belay.postgres.DatabaseAddress;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Map;

/** A caller with a token, at one of several replicas. */
record Client(BelayProcess replica, String token) {

    /** What came, and when. */
    record Timed(Response answer, Instant at) {}

    RequestSpecification ask() {
        return given().baseUri(replica.api().base().toString()).header("Authorization", "Bearer " + token);
    }

    Response get(String path) {
        return ask().get(path);
    }

    Timed timed(String path, Map<String, String> headers) {
        Response answer = ask().headers(headers).get(path);
        return new Timed(answer, Instant.now());
    }

    Response post(String path, Object body) {
        return ask().contentType(ContentType.JSON).body(body).post(path);
    }

    Response keyed(String path, String key, Object body) {
        return ask().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post(path);
    }

    /** Orders a job and returns its path. */
    String order(String kind, DatabaseAddress shop) {
        Response answer = post("/" + kind, Jobs.on(shop));
        return "/" + kind + "/" + answer.then().statusCode(202).extract().path("id");
    }

    String state(String job) {
        return get(job).path("state");
    }

    /** Waits until the job is over, two minutes at most, and returns how it ended. */
    String end(String job) {
        for (int i = 0; i < 5; i++) {
            Response answer = get(job + "?wait=25s");
            if (answer.jsonPath().getBoolean("done")) {
                return answer.path("state");
            }
        }
        throw new IllegalStateException("not over after two minutes: " + get(job).asString());
    }
}
