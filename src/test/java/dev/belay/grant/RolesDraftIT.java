package dev.belay.grant;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What belay.yaml declares about roles, as scripts that are applied and taken back. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class RolesDraftIT {

    private static TestDatabase marks(String role) {
        return TestDatabase.claim()
                .yaml("""
                modules: [{name: app}]
                roles:
                  - name: FACULTY
                    role: %s
                    grants:
                      - {tables: [result, '"Odd table"'], privileges: [SELECT, INSERT]}
                      - {tables: [result], privileges: [UPDATE], columns: [mark]}
                      - {tables: [office.fee], privileges: [SELECT]}
                    policies:
                      - {table: result, command: SELECT, using: "true"}
                      - {table: result, command: UPDATE, using: status <> 'FROZEN', check: mark >= 0}
                """.formatted(role))
                .script("V1__marks.sql", """
                CREATE TABLE result (id serial PRIMARY KEY, mark int, status text);
                CREATE TABLE "Odd table" (id int);
                CREATE SCHEMA office;
                CREATE TABLE office.fee (id int);
                INSERT INTO result (mark, status) VALUES (1, 'FROZEN'), (2, 'OPEN');
                """)
                .flywayMigrate();
    }

    private static Run draft(TestDatabase database, Map<String, Object> more) {
        Map<String, Object> body = new java.util.HashMap<>(more);
        body.put("kind", "roles");
        return Run.start("drafts", database, body).await();
    }

    @Test
    void a_role_may_do_what_is_declared_from_the_migration_until_it_is_taken_back() {
        String role = "faculty_of_a_draft";
        TestDatabase database = marks(role);

        Run draft = draft(database, Map.of());
        assertThat(draft.outcome()).as(draft.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(draft.results("files")).containsExactly("app/V2__roles.sql", "app/U2__roles.sql");
        for (String file : draft.results("files")) {
            database.file(file, given().get(draft.path() + "/files/" + file).asString());
        }
        Run forward = Run.migrate(database);
        assertThat(forward.outcome()).as(forward.toString()).isEqualTo("SUCCEEDED MIGRATED");
        database.execute("SET ROLE " + role + "; UPDATE result SET mark = mark + 1");
        assertThat(database.ask("SELECT string_agg(mark::text, ',' ORDER BY id) FROM result"))
                .isEqualTo("1,3");
        assertThatThrownBy(() -> database.execute("SET ROLE " + role + "; UPDATE result SET status = 'FROZEN'"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> database.execute("SET ROLE " + role + "; DELETE FROM office.fee"))
                .hasMessageContaining("permission denied");
        assertThat(draft(database, Map.of()).outcome()).isEqualTo("SUCCEEDED UNCHANGED");

        assertThat(Run.undo(database, Map.of()).outcome()).isEqualTo("SUCCEEDED ROLLED_BACK");
        assertThatThrownBy(() -> database.execute("SET ROLE " + role + "; SELECT FROM result"))
                .hasMessageContaining("permission denied");
        assertThat(database.ask("SELECT count(*) FROM pg_policy")).isEqualTo("0");
    }

    @Test
    void a_role_that_is_not_declared_is_refused() {
        given().contentType("application/json")
                .body(Map.of(
                        "database", marks("faculty_of_another").name(),
                        "kind", "roles",
                        "roles", java.util.List.of("NOBODY")))
                .post("/drafts")
                .then()
                .statusCode(400)
                .body("errors.pointer", org.hamcrest.Matchers.contains("#/roles/0"));
    }
}
