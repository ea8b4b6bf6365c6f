package dev.belay.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.belay.BelayTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is too long is refused, and by what is too long. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
class SizesIT {

    private static final String ID = "0b0a8a76-3a4f-4a66-8a76-c1d0b1e1c5b0";
    private static final Duration SOON = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({
        "/databases/{long},name",
        "/databases/{long}/gate,name",
        "/databases/madaris/gate?module={long},module",
        "/databases/madaris/gate?min={long},min",
        "/databases/madaris/gate?wait={long},wait",
        "/databases/madaris/relations?table={long},table",
        "/projects/{long},name",
        "/backups?database={long},database",
        "/backups?cursor={long},cursor",
        "/backups?createdAfter={long},createdAfter",
        "/backups/" + ID + "?wait={long},wait",
        "/audit-trail?caller={long},caller",
        "/drafts/" + ID + "/files/{long},path",
        "/migrations/" + ID + "/undo/{long}/V1.sql,module"
    })
    void a_parameter_that_is_too_long_is_named(String path, String parameter) {
        given().get(path.replace("{long}", "x".repeat(1000)))
                .then()
                .statusCode(400)
                .body("errors.pointer", equalTo(java.util.List.of(parameter)));
    }

    @Test
    void a_header_that_is_too_long_is_named() {
        given().contentType(ContentType.JSON)
                .header("Idempotency-Key", "k".repeat(300))
                .body("{\"database\":\"madaris\"}")
                .post("/backups")
                .then()
                .statusCode(400)
                .body("errors.pointer", equalTo(java.util.List.of("Idempotency-Key")));
    }

    @Test
    void a_body_is_bounded_in_every_direction() {
        refused("\"" + "x".repeat(100_001) + "\"");
        refused("9".repeat(50));
        refused("{\"" + "n".repeat(300) + "\":1}");
        refused("[".repeat(40) + "]".repeat(40));
        refused("[1" + ",1".repeat(25_000) + "]");
    }

    private static void refused(String value) {
        given().contentType(ContentType.JSON)
                .body("{\"database\":\"madaris\",\"kind\":\"diff\",\"anything\":" + value + "}")
                .post("/drafts")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("nested too deeply or has too many or too long parts"));
    }

    @Test
    void a_list_that_is_too_long_is_pointed_to() {
        String to =
                IntStream.range(0, 300).mapToObj(i -> "\"m" + i + "\":\"1\"").collect(Collectors.joining(","));

        given().contentType(ContentType.JSON)
                .body("{\"database\":\"madaris\",\"to\":{" + to + "}}")
                .post("/migrations")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("#/to"));
    }

    @Test
    void a_body_in_chunks_is_too_large_as_soon_as_it_is() {
        try (RawClient client = RawClient.post("/backups", "Transfer-Encoding: chunked")) {
            String chunk = "40000\r\n" + " ".repeat(0x40000) + "\r\n";
            client.send(chunk + chunk + chunk + chunk + "10\r\n                \r\n");

            assertThat(client.read(SOON))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("urn:belay:problem:payload-too-large")
                    .endsWith("[closed]");
        }
    }

    @Test
    void a_body_in_chunks_that_is_small_enough_is_read() {
        try (RawClient client = RawClient.post("/backups", "Transfer-Encoding: chunked")) {
            client.send("5\r\n{\"dat\r\n");
            client.send("e\r\nabase\":\"nope\"}\r\n0\r\n\r\n");

            assertThat(client.read(Duration.ofSeconds(1)))
                    .startsWith("HTTP/1.1 404 ")
                    .contains("nope");
        }
    }

    @Test
    void a_body_in_chunks_that_is_empty_is_not_waited_for() {
        try (RawClient client = RawClient.post("/backups", "Transfer-Encoding: chunked")) {
            client.send("0\r\n\r\n");

            assertThat(client.read(Duration.ofSeconds(2)))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json");
        }
    }

    @Test
    void a_form_that_is_none_is_refused_like_any_other() {
        String fields = IntStream.range(0, 2000).mapToObj(i -> "f" + i + "=1").collect(Collectors.joining("&"));

        try (RawClient client = new RawClient()) {
            client.send(String.join(
                    "\r\n",
                    "POST /backups HTTP/1.1",
                    "Host: x",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Length: " + fields.length(),
                    "",
                    fields));

            assertThat(client.read(Duration.ofSeconds(2)))
                    .startsWith("HTTP/1.1 415 ")
                    .contains("application/problem+json");
        }
    }

    @Test
    void a_path_or_header_that_is_too_long_ends_the_connection() {
        try (RawClient path = RawClient.get("/" + "x".repeat(10_000));
                RawClient header = RawClient.get("/databases", "X-Long: " + "x".repeat(20_000));
                RawClient garbage = new RawClient().send("NONSENSE\r\n\r\n");
                RawClient length = RawClient.post("/backups", "Content-Length: -5")) {
            assertThat(path.read(SOON)).startsWith("HTTP/1.0 414 ").endsWith("[closed]");
            assertThat(header.read(SOON)).startsWith("HTTP/1.1 431 ").endsWith("[closed]");
            assertThat(garbage.read(SOON)).startsWith("HTTP/1.0 400 ").endsWith("[closed]");
            assertThat(length.read(SOON)).startsWith("HTTP/1.1 400 ").endsWith("[closed]");
        }
    }

    @Test
    void the_defaults_let_a_stream_and_a_held_answer_live() {
        Duration idle = ConfigProvider.getConfig().getValue("quarkus.http.idle-timeout", Duration.class);

        assertThat(idle).isGreaterThan(Duration.ofSeconds(25 + 10));
        assertThat(ConfigProvider.getConfig()
                        .getValue("belay.limits.heartbeat", Duration.class)
                        .multipliedBy(2))
                .isLessThan(idle);
    }
}
