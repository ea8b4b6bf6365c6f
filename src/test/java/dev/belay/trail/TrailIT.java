package dev.belay.trail;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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

    @Test
    void a_row_that_was_changed_or_is_gone_breaks_the_chain_of_seals() throws SQLException, IOException {
        for (int i = 0; i < 4; i++) {
            admin().delete("/tokens/00000000-0000-0000-0000-00000000000" + i)
                    .then()
                    .statusCode(404);
        }
        try (Connection session = control.getConnection();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            long last =
                    numbers(statement, "SELECT max(number) FROM audit_trail").get(0);
            assertThat(numbers(statement, audit())).isEmpty();
            statement.execute("ALTER TABLE audit_trail DISABLE TRIGGER only_added_to");
            statement.execute("UPDATE audit_trail SET caller = 'somebody else' WHERE number = " + (last - 1));
            statement.execute("DELETE FROM audit_trail WHERE number = " + (last - 3));

            assertThat(numbers(statement, audit())).containsExactly(last - 2, last - 1);
            session.rollback();
        }
    }

    /** What the page on security tells an auditor to ask. */
    private static String audit() throws IOException {
        String page = Files.readString(Path.of("docs", "security.md"));
        int start = page.indexOf("SELECT number FROM");
        return page.substring(start, page.indexOf(';', start));
    }

    private static List<Long> numbers(Statement statement, String sql) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql + (sql.endsWith("previous + 1") ? " ORDER BY number" : ""))) {
            while (rows.next()) {
                found.add(rows.getLong(1));
            }
        }
        return found;
    }

    @Test
    void who_did_it_how_that_is_known_and_what_came_of_it() {
        TestDatabase database = TestDatabase.claim();
        String id = admin().get("/tokens").jsonPath().getString("items.find { it.origin == 'CONFIGURATION' }.id");

        String location = admin().contentType(ContentType.JSON)
                .header("X-Forwarded-User", "somebody else")
                .body(Map.of("database", database.name()))
                .post("/audits")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        given().get("/q/health/group/schema").then().statusCode(401);

        JsonPath trail = admin().get("/audit-trail?method=POST&path=/audits&database=" + database.name())
                .jsonPath();
        assertThat(trail.getList("items.how")).containsExactly("token " + id);
        assertThat(trail.getList("items.caller")).containsExactly("admin");
        assertThat(location).endsWith(trail.getString("items[0].location"));
        await().untilAsserted(() -> assertThat(admin().get("/audit-trail?path=/q/health/group/schema&status=401")
                        .jsonPath()
                        .getList("items.how"))
                .isNotEmpty()
                .containsOnly("none"));
        admin().get("/audit-trail?since=yesterday").then().statusCode(400);
        assertThat(admin().get("/audit-trail?until=2020-01-01T00:00:00Z")
                        .jsonPath()
                        .getList("items"))
                .isEmpty();
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + GuardedResource.ADMIN);
    }
}
