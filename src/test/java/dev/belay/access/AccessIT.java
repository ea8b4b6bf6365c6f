package dev.belay.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.belay.BelayTestResource;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may do what, asked over HTTP. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
@WithTestResource(GuardedResource.class)
class AccessIT {

    private final TestDatabase database = TestDatabase.claim().script("V1__a.sql", "CREATE TABLE a (id int)");

    @Test
    void who_says_nothing_or_something_wrong_is_not_let_in() {
        unknown(given().get("/databases").then());
        unknown(as("belay_not-a-token").get("/databases").then());
        unknown(as(TokenText.draw()).get("/databases").then());
        unknown(given().header("Authorization", "Basic YTpi").get("/databases").then());
        unknown(given().header("X-Forwarded-User", "admin").get("/tokens").then());
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);
    }

    private static void unknown(ValidatableResponse answer) {
        answer.statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("type", equalTo("urn:belay:problem:unauthorized"));
    }

    @Test
    void a_token_is_good_for_its_databases_and_roles_and_for_nothing_else() {
        TestDatabase other = TestDatabase.claim();
        String viewer = token("a viewer", Map.of("role", "VIEWER", "databases", List.of(database.name())));
        String operator = token("an operator", Map.of("role", "OPERATOR", "environments", List.of("DEVELOPMENT")));
        String gate = token("a pod", Map.of("role", "GATE", "databases", List.of(database.name())));

        as(viewer).get("/databases/" + database.name()).then().statusCode(200);
        forbidden(as(viewer).get("/databases/" + other.name()).then());
        assertThat(as(viewer).get("/databases").jsonPath().getList("items.name"))
                .containsExactly(database.name());
        forbidden(migrate(viewer));
        forbidden(as(gate).get("/databases/" + database.name()).then());
        as(gate).get("/databases/" + database.name() + "/gate").then().statusCode(503);
        forbidden(as(gate).get("/databases/" + other.name() + "/gate").then());
        String job = migrate(operator).statusCode(202).extract().path("id");
        as(viewer)
                .get("/migrations/" + job + "?wait=25s")
                .then()
                .statusCode(200)
                .body("requestedBy", equalTo("an operator"));
        forbidden(as(viewer).post("/migrations/" + job + "/cancel").then());
        forbidden(as(operator).get("/tokens").then());
        assertThat(as(viewer).get("/migrations").jsonPath().getList("items.database"))
                .containsOnly(database.name());
    }

    private ValidatableResponse migrate(String token) {
        return as(token)
                .contentType(ContentType.JSON)
                .body(Map.of("database", database.name()))
                .post("/migrations")
                .then();
    }

    private static void forbidden(ValidatableResponse answer) {
        answer.statusCode(403).body("type", equalTo("urn:belay:problem:forbidden"));
    }

    @Test
    void a_revoked_token_is_no_token_and_no_text_of_one_is_ever_told_again() {
        String text = token("somebody", Map.of("role", "VIEWER"));
        String all = as(GuardedResource.ADMIN).get("/tokens").asString();
        String id = as(GuardedResource.ADMIN)
                .get("/tokens")
                .jsonPath()
                .getString("items.find { it.subject == 'somebody' }.id");

        as(text).get("/databases").then().statusCode(200);
        as(GuardedResource.ADMIN).delete("/tokens/" + id).then().statusCode(200).body("usable", equalTo(false));
        unknown(as(text).get("/databases").then());
        as(GuardedResource.ADMIN).delete("/tokens/" + id).then().statusCode(200);
        assertThat(all).doesNotContain(text, TokenText.digest(text), GuardedResource.ADMIN);
    }

    @Test
    void a_signed_token_of_the_issuer_is_good_for_what_its_groups_may() {
        String operator = OidcIssuer.token("yusuf", 5, List.of("/school/operators"));

        migrate(operator).statusCode(202).body("requestedBy", equalTo("yusuf"));
        forbidden(as(operator).get("/tokens").then());
        forbidden(as(OidcIssuer.token("nobody", 5, List.of("/school/teachers")))
                .get("/databases")
                .then());
        unknown(as(OidcIssuer.token("late", -5, List.of("/school/operators")))
                .get("/databases")
                .then());
        unknown(as(OidcIssuer.token("forger", 5, List.of("/school/operators"), OidcIssuer.key()))
                .get("/databases")
                .then());
        unknown(as("abc.def.ghi").get("/databases").then());
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static String token(String subject, Map<String, Object> grant) {
        return as(GuardedResource.ADMIN)
                .contentType(ContentType.JSON)
                .body(Map.of("subject", subject, "grants", List.of(grant)))
                .post("/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }
}
