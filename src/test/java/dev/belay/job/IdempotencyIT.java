package dev.belay.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are sent again with an Idempotency-Key. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class IdempotencyIT {

    private final TestDatabase database = TestDatabase.claim();
    private final String key = UUID.randomUUID().toString();

    @Test
    void bodies_are_compared_as_json_and_not_as_text() {
        Response first = post("/audits", key, body("\"to\": {\"a\": \"1\", \"b\": \"2\"}"));

        Response again = post(
                "/audits", key, "{\"to\": {\"b\" : \"2\",\n \"a\":\"1\"}, \"database\":\"" + database.name() + "\"}");
        Response other = post("/audits", key, body("\"to\": {\"a\": \"1\", \"b\": \"3\"}"));

        assertThat(again.statusCode()).as(again.asString()).isEqualTo(202);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(other.statusCode()).isEqualTo(422);
    }

    @Test
    void the_replay_shows_the_job_as_it_is_by_now() {
        Response first = post("/migrations", key, body());
        given().get(first.header("Location") + "?wait=25s").then().statusCode(200);

        Response again = post("/migrations", key, body());

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.jsonPath().getString("state")).isEqualTo("SUCCEEDED");
        assertThat(again.header("Retry-After")).isNotNull();
    }

    @Test
    void one_key_on_two_paths_is_two_keys() {
        Response audit = post("/audits", key, body());
        Response migration = post("/migrations", key, body());

        assertThat(List.of(audit.statusCode(), migration.statusCode())).containsOnly(202);
        assertThat(migration.header("Idempotent-Replayed")).isNull();
        assertThat(migration.jsonPath().getString("id"))
                .isNotEqualTo(audit.jsonPath().getString("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"\"", "\"  \"", "a\tb"})
    void a_key_that_is_none_is_refused(String bad) {
        assertRefused(post("/audits", bad, body()));
    }

    @Test
    void a_key_that_is_too_long_or_comes_twice_is_refused() {
        assertRefused(post("/audits", "k".repeat(256), body()));
        assertRefused(given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key, key)
                .body(body())
                .post("/audits"));
        assertThat(post("/audits", "k".repeat(215) + key.substring(0, 30), body())
                        .statusCode())
                .isEqualTo(202);
    }

    private static void assertRefused(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("errors[0].pointer")).isEqualTo("Idempotency-Key");
    }

    @Test
    void a_request_that_failed_leaves_no_key() {
        assertThat(post("/audits", key, "{\"database\": \"atlantis\"}").statusCode())
                .isEqualTo(404);
        assertThat(post("/audits", key, "{\"database\": ").statusCode()).isEqualTo(400);
        assertThat(post("/resets", key, body("\"mode\": \"flush\", \"confirm\": \"no\""))
                        .statusCode())
                .isEqualTo(400);

        Response good = post("/audits", key, body());

        assertThat(good.statusCode()).isEqualTo(202);
        assertThat(good.header("Idempotent-Replayed")).isNull();
    }

    @Test
    void a_job_that_could_not_be_queued_leaves_neither_itself_nor_its_key() throws SQLException {
        try (Connection session = control();
                Statement statement = session.createStatement()) {
            statement.execute("ALTER TABLE qrtz_triggers ADD CONSTRAINT refuses CHECK (false) NOT VALID");
            assertThat(post("/audits", key, body()).statusCode()).isEqualTo(500);
            statement.execute("ALTER TABLE qrtz_triggers DROP CONSTRAINT refuses");
        }
        assertThat(given().get("/audits?database=" + database.name()).jsonPath().getList("items"))
                .isEmpty();

        assertThat(post("/audits", key, body()).header("Idempotent-Replayed")).isNull();
    }

    @Test
    void one_that_is_in_flight_is_told_after_a_while() throws SQLException {
        try (Connection session = control();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("INSERT INTO idempotency_key SELECT 'anonymous', '/audits', '" + key
                    + "', 'of another', id, now() FROM job LIMIT 1");
            assertThat(statement.getUpdateCount()).isEqualTo(1);

            Response second = post("/audits", key, body());

            assertThat(second.statusCode()).as(second.asString()).isEqualTo(409);
            assertThat(second.jsonPath().getString("detail")).contains("still being worked on");
            session.rollback();
        }
        assertThat(post("/audits", key, body()).statusCode()).isEqualTo(202);
    }

    private static Connection control() throws SQLException {
        given().contentType(ContentType.JSON)
                .body("{\"database\": \"madaris\"}")
                .post("/audits")
                .then()
                .statusCode(202);
        return Arc.container().instance(DataSource.class).get().getConnection();
    }

    private String body(String... more) {
        return "{\"database\": \"" + database.name() + "\"" + (more.length == 0 ? "" : ", " + more[0]) + "}";
    }

    private static Response post(String path, String key, String body) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post(path);
    }
}
