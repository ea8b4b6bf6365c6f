package dev.belay.web;

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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser may do with an answer: show it. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class SecurityHeadersIT {

    private static final String EVIL = "<script>alert(1)</script>\" onload=\"alert(2)";

    @ParameterizedTest
    @CsvSource({
        "GET,/,307",
        "GET,/databases,200",
        "GET,/backups,200",
        "GET,/projects,200",
        "GET,/q/openapi,200",
        "GET,/q/health/live,200",
        "GET,/q/health/ready,200",
        "GET,/q/swagger-ui/,200",
        "GET,/nowhere,404",
        "GET,/q/nothing,404",
        "GET,/q/health/group/typo,404",
        "GET,/backups/0b0a8a76-3a4f-4a66-8a76-c1d0b1e1c5b0,404",
        "GET,/backups/0b0a8a76-3a4f-4a66-8a76-c1d0b1e1c5b0/cancel,405",
        "GET,/backups?limit=0,400",
        "OPTIONS,/backups,200"
    })
    void every_answer_has_them(String method, String path, int status) {
        Response answer = given().redirects().follow(false).request(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        guarded(answer);
        assertThat(answer.header("Cache-Control")).isNotBlank();
        assertThat(answer.header("Strict-Transport-Security")).isNull();
    }

    private static void guarded(Response answer) {
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'");
    }

    @Test
    void what_has_data_is_kept_by_no_cache_and_what_has_a_tag_is_asked_for_again() {
        Run run = Run.migrate(TestDatabase.claim());

        assertThat(given().get("/databases").header("Cache-Control")).isEqualTo("no-store");
        assertThat(given().get("/backups?limit=0").header("Cache-Control")).isEqualTo("no-store");
        Response job = given().get(run.path());
        assertThat(job.header("Cache-Control")).isEqualTo("private, no-cache");
        Response same = given().header("If-None-Match", job.header("ETag")).get(run.path());
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.header("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void pages_made_of_names_that_are_scripts_run_none() {
        TestDatabase database = TestDatabase.claimProduction()
                .script(
                        "V1__a.sql",
                        "CREATE TABLE " + quoted("t" + EVIL) + " (id int PRIMARY KEY, " + quoted("c" + EVIL)
                                + " int REFERENCES " + quoted("t" + EVIL) + ");")
                .flywayMigrate()
                .script(
                        "V2__b.sql",
                        "ALTER TABLE " + quoted("t" + EVIL) + " ADD COLUMN " + quoted("d" + EVIL) + " int;");
        Run run = Run.migrationBy("amina", database).awaitState("AWAITING_APPROVAL");

        harmless(given().accept("text/html").get(run.path() + "/plan"));
        harmless(given().accept("text/html").get(run.path() + "/review"));
        harmless(given().accept("image/svg+xml")
                .queryParam("table", "public.t" + EVIL)
                .get("/databases/" + database.name() + "/relations"));
        harmless(given().accept("image/svg+xml").get("/projects/" + database.name()));
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static void harmless(Response page) {
        assertThat(page.statusCode()).as(page.asString()).isEqualTo(200);
        assertThat(page.asString()).doesNotContain("<script", "\" onload=");
        guarded(page);
        assertThat(page.header("Content-Security-Policy")).contains("sandbox").doesNotContain("script-src");
    }

    /** That its policy names the page's own scripts and no others is seen where it is installed: InstalledEdgeIT. */
    @Test
    void swagger_ui_needs_nothing_from_elsewhere() {
        Response page = given().get("/q/swagger-ui/");

        assertThat(page.header("Content-Security-Policy"))
                .contains("script-src 'self'", "connect-src 'self'")
                .doesNotContain("unsafe-eval", "http:", "https:", "*");
        assertThat(Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                        .matcher(page.asString())
                        .results()
                        .map((MatchResult found) -> found.group(1)))
                .isNotEmpty()
                .noneMatch(link -> link.contains("//"));
        assertThat(given().get("/q/swagger-ui/swagger-ui-bundle.js").statusCode())
                .isEqualTo(200);
    }

    @Test
    void no_page_of_another_origin_may_read_anything() {
        Response simple = given().header("Origin", "https://evil.example").get("/databases");
        Response preflight = given().header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type, authorization")
                .options("/backups");

        assertThat(simple.headers().asList())
                .noneMatch(header -> header.getName().startsWith("Access-Control-"));
        assertThat(preflight.headers().asList())
                .noneMatch(header -> header.getName().startsWith("Access-Control-"));
    }
}
