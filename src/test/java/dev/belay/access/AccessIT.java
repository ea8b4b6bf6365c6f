package dev.belay.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

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

    private final SignedTokens issuer = new SignedTokens();
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
        String viewer =
                GuardedResource.token("a viewer", Map.of("role", "VIEWER", "databases", List.of(database.name())));
        String operator = GuardedResource.token(
                "an operator", Map.of("role", "OPERATOR", "environments", List.of("DEVELOPMENT")));
        String gate = GuardedResource.token("a pod", Map.of("role", "GATE", "databases", List.of(database.name())));

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
        String text = GuardedResource.token("somebody", Map.of("role", "VIEWER", "databases", List.of("*")));
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
    void a_grant_says_for_what_it_is_and_names_what_there_is() {
        refusedGrant(Map.of("role", "VIEWER"));
        refusedGrant(Map.of("role", "VIEWER", "databases", List.of()));
        refusedGrant(Map.of("role", "VIEWER", "databases", List.of("atlantis")));
        refusedGrant(Map.of("role", "ROOT", "databases", List.of("*")));
    }

    private static void refusedGrant(Map<String, ?> grant) {
        as(GuardedResource.ADMIN)
                .contentType(ContentType.JSON)
                .body(Map.of("subject", "somebody", "grants", List.of(grant)))
                .post("/tokens")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", startsWith("#/grants/0"));
    }

    @Test
    void the_health_of_the_databases_is_for_those_who_may_view_them_all() {
        for (String path : List.of("/q/health", "/q/health/", "/q/health/group/schema", "/q/health/well", "/q/none")) {
            unknown(given().get(path).then());
            unknown(as(TokenText.draw()).get(path).then());
            forbidden(
                    as(GuardedResource.token("of one", Map.of("role", "VIEWER", "databases", List.of(database.name()))))
                            .get(path)
                            .then());
        }
        as(GuardedResource.token("of all", Map.of("role", "VIEWER", "databases", List.of("*"))))
                .get("/q/health/group/schema")
                .then()
                .statusCode(oneOf(200, 503))
                .body("checks[0].data", hasKey("BEHIND"));
        given().get("/q/openapi").then().statusCode(200);
        given().get("/q/swagger-ui/").then().statusCode(200);
    }

    @Test
    void a_signed_token_of_the_issuer_is_good_for_what_its_claims_may() {
        String operator = issuer.token("yusuf", "groups", List.of("/school/operators"));
        String reader = issuer.token("amal", "realm_access", Map.of("roles", List.of("teacher", "reader")));
        String pod = issuer.token("pod", "sub", "system:serviceaccount:school:deployer");

        migrate(operator).statusCode(202).body("requestedBy", equalTo("yusuf"));
        forbidden(as(operator).get("/tokens").then());
        as(reader).get("/databases/" + database.name()).then().statusCode(200);
        forbidden(migrate(reader));
        as(pod).get("/databases/" + database.name() + "/gate").then().statusCode(oneOf(200, 503));
        forbidden(as(pod).get("/databases").then());
        forbidden(as(issuer.token("a teacher", "groups", List.of("/school/teachers")))
                .get("/databases")
                .then());
    }

    @Test
    void a_token_that_the_issuer_has_not_made_for_belay_is_none() {
        unknown(read(issuer.like(claims -> claims.setExpirationTimeMinutesInTheFuture(-5))));
        unknown(read(issuer.like(claims -> claims.setAudience("another service"))));
        unknown(read(issuer.like(claims -> claims.setIssuer("https://elsewhere.example"))));
        unknown(read(issuer.like(claims -> claims.setNotBeforeMinutesInThePast(-60))));
        unknown(read(issuer.signedByAnother()));
        unknown(read(issuer.unsigned()));
        unknown(read(issuer.signedWithThePublicKey()));
        unknown(read("abc.def.ghi"));
        read(issuer.like(claims -> {})).statusCode(200);
    }

    private static ValidatableResponse read(String token) {
        return as(token).get("/databases").then();
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }
}
