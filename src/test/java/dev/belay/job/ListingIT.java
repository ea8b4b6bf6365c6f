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
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of jobs, and the addresses that answers name. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ListingIT {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; *rel=\"next\"");

    @Test
    void pages_lead_on_by_themselves_and_show_every_job_once_while_others_come() {
        TestDatabase database = TestDatabase.claim();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            expected.add(0, Run.migrate(database).id());
        }
        List<String> seen = new ArrayList<>();
        String page =
                "/migrations?limit=2&state=SUCCEEDED&createdAfter=2026-01-01T00%3A00%3A00Z&database=" + database.name();
        while (page != null) {
            Response answer = given().urlEncodingEnabled(false).get(page);
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
            seen.addAll(answer.jsonPath().getList("items.id"));
            Run.migrate(database);
            page = next(answer);
        }

        assertThat(seen).isEqualTo(expected);
    }

    /** Absolute, with all that was asked for, and told in the body too. */
    private static @Nullable String next(Response answer) {
        Matcher link = NEXT.matcher(String.valueOf(answer.header("Link")));
        String cursor = answer.jsonPath().getString("next");
        if (!link.find()) {
            assertThat(cursor).isNull();
            return null;
        }
        assertThat(link.group(1))
                .startsWith(RestAssured.baseURI + ":" + RestAssured.port + "/migrations?")
                .contains("limit=2", "state=SUCCEEDED", "createdAfter=", "database=", "cursor=" + cursor);
        return link.group(1);
    }

    @Test
    void a_cursor_that_this_listing_did_not_give_out_is_refused() {
        TestDatabase database = TestDatabase.claim();
        Run.migrate(database);
        Run.migrate(database);
        String good = given().get("/migrations?limit=1&database=" + database.name())
                .jsonPath()
                .getString("next");

        given().get("/migrations?cursor=" + good).then().statusCode(200);
        refused("/backups", good);
        for (int i = 0; i < good.length(); i++) {
            refused("/migrations", good.substring(0, i) + "~" + good.substring(i + 1));
        }
        for (String forged :
                List.of("migrations 0", "migrations -1", "migrations +7", "7", "migrations 7\0", "migrations")) {
            refused("/migrations", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(forged)));
        }
        refused("/migrations", good + "=");
        refused("/migrations", "");
        given().get("/migrations?cursor=" + "x".repeat(2000)).then().statusCode(400);
    }

    private static void refused(String path, String cursor) {
        Response answer = given().urlEncodingEnabled(false).get(path + "?cursor=" + cursor);
        assertThat(answer.statusCode()).as(cursor).isEqualTo(400);
        assertThat(answer.jsonPath().getString("errors[0].pointer")).isEqualTo("cursor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z", "-4713-01-01T00:00:00Z", "2026"})
    void a_time_that_no_job_can_have_is_refused(String time) {
        Response answer = given().queryParam("createdAfter", time).get("/migrations");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.jsonPath().getString("errors[0].pointer")).isEqualTo("createdAfter");
    }

    @Test
    void forwarded_headers_are_not_believed() {
        TestDatabase database = TestDatabase.claim();

        Response answer = given().contentType("application/json")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Prefix", "/evil")
                .header("X-Forwarded-Port", "666")
                .header("Forwarded", "host=evil.example;proto=https")
                .body("{\"database\": \"" + database.name() + "\"}")
                .post("/migrations");

        assertThat(answer.header("Location")).startsWith(RestAssured.baseURI + ":" + RestAssured.port + "/migrations/");
        assertThat(answer.asString()).doesNotContain("evil", "https", "666");
    }

    @Test
    void a_host_that_somebody_made_up_is_told_to_them_alone() throws IOException {
        Run run = Run.migrate(TestDatabase.claim());

        assertThat(raw("GET " + run.path() + " HTTP/1.1\r\nHost: evil.example\r\n"))
                .startsWith("HTTP/1.1 200");

        assertThat(given().get(run.path()).asString()).doesNotContain("evil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "{x}", "[", "a:b:c", "evil:99999999", "\"", "a/b", "@", "%", "", "<script>", "a_b"})
    void a_host_that_is_none_never_breaks_an_answer(String host) throws IOException {
        assertThat(raw("GET /migrations?limit=1 HTTP/1.1\r\nHost: " + host + "\r\n"))
                .matches(ListingIT::isAnswered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x={y}", "x=%7By%7D", "x=|", "x=%", "x=%zz", "=", "&&", "x=\"<>", "x=%00", "database=%00", "?"})
    void a_query_that_means_nothing_never_breaks_an_answer(String query) throws IOException {
        TestDatabase database = TestDatabase.claim();
        Run.migrate(database);
        Run.migrate(database);

        assertThat(raw("GET /migrations?limit=1&" + query + " HTTP/1.1\r\nHost: localhost\r\n"))
                .matches(ListingIT::isAnswered);
    }

    private static boolean isAnswered(String answer) {
        return answer.startsWith("HTTP/1.1 200 ") || answer.startsWith("HTTP/1.1 400 ");
    }

    /** The answer to a request that no client library would send. */
    private static String raw(String head) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes(head + "Connection: close\r\n\r\n"));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
