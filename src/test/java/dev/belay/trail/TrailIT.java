package dev.belay.trail;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.BelayTestResource;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import dev.belay.access.GuardedResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who did what, and what was denied. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
@WithTestResource(GuardedResource.class)
class TrailIT {

    @Inject
    DataSource control;

    @Test
    void what_was_ordered_and_what_was_denied_is_written_down_and_reading_is_not() {
        TestDatabase database = TestDatabase.claim().script("V1__a.sql", "CREATE TABLE a (id int)");
        Map<String, String> order = Map.of("database", database.name());

        String trace = given().contentType(ContentType.JSON)
                .body(order)
                .post("/migrations")
                .then()
                .statusCode(401)
                .extract()
                .path("traceId");
        admin().get("/databases/" + database.name()).then().statusCode(200);
        admin().contentType(ContentType.JSON)
                .body(order)
                .post("/migrations")
                .then()
                .statusCode(202);

        JsonPath trail = admin().get("/audit-trail?database=" + database.name()).jsonPath();
        assertThat(trail.getList("items.method")).containsExactly("POST");
        assertThat(trail.getList("items.caller")).containsExactly("admin");
        assertThat(trail.getList("items.path")).containsExactly("/migrations");
        assertThat(trail.getList("items.status")).containsExactly(202);
        List<Map<String, Object>> denied =
                admin().get("/audit-trail?status=401&limit=1000").jsonPath().getList("items");
        assertThat(denied)
                .filteredOn(entry -> trace.equals(entry.get("traceId")))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsEntry("caller", "anonymous")
                        .containsEntry("problem", "unauthorized"));
    }

    @Test
    void it_comes_as_lines_and_goes_on_where_one_had_come() {
        admin().delete("/tokens/00000000-0000-0000-0000-000000000000").then().statusCode(404);
        admin().delete("/tokens/00000000-0000-0000-0000-000000000001").then().statusCode(404);

        JsonPath first = admin().get("/audit-trail?status=404&limit=1").jsonPath();
        assertThat(first.getList("items")).hasSize(1);
        String rest = admin().accept("application/jsonl")
                .get("/audit-trail?status=404&after=" + first.getLong("next"))
                .asString();

        assertThat(rest.lines()).isNotEmpty().allMatch(line -> line.startsWith("{\"number\":") && line.endsWith("}"));
        assertThat(rest).doesNotContain("\"number\":" + first.getLong("next") + ",");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_trail SET caller = 'somebody else'",
                "DELETE FROM audit_trail",
                "TRUNCATE audit_trail",
                "SET session_replication_role = replica; DELETE FROM audit_trail"
            })
    void nobody_changes_it_not_even_the_role_that_writes_it(String sql) throws SQLException {
        try (Connection session = control.getConnection();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("the audit trail is only added to");
            session.rollback();
        }
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + GuardedResource.ADMIN);
    }
}
