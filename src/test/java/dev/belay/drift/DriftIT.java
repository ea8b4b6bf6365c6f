package dev.belay.drift;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class DriftIT {

    private static final String V1 = "CREATE TABLE member (id int PRIMARY KEY, name varchar(40));\n"
            + "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';\nCREATE VIEW v AS SELECT id FROM member";

    @Test
    void nothing_is_known_of_a_database_that_belay_has_never_changed() {
        TestDatabase database =
                TestDatabase.claimWatched().script("V1__a.sql", V1).flywayMigrate();

        schema(database).body("drift", nullValue());
        gate(database).statusCode(200);
    }

    @Test
    void after_a_migration_there_is_none_and_flyways_own_table_does_not_count() {
        TestDatabase database = migrated(TestDatabase.claimWatched());

        database.execute("ALTER TABLE flyway_schema_history ADD extra int; CREATE SCHEMA belay_salvage");

        schema(database).body("drift.differences", hasSize(0)).body("drift.blocking", equalTo(true));
        given().get("/databases/" + database.name()).then().body("drifted", equalTo(false));
        gate(database).statusCode(200);
    }

    @Test
    void what_differs_is_shown_object_by_object() {
        TestDatabase database = migrated(TestDatabase.claim());

        database.execute(
                "ALTER TABLE member ADD nick text",
                "ALTER TABLE member ALTER name TYPE varchar(50)",
                "CREATE INDEX by_name ON member (name)",
                "DROP VIEW v",
                "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 2'",
                "GRANT SELECT ON member TO PUBLIC");

        JsonPath schema = schema(database).extract().jsonPath();
        assertThat(schema.<Map<String, String>>getList("drift.differences").stream()
                        .map(object -> object.get("what") + " " + object.get("type") + " " + object.get("object"))
                        .toList())
                .contains(
                        "ADDED column public.member.nick",
                        "CHANGED column public.member.name",
                        "ADDED index public.by_name",
                        "CHANGED function public.one()")
                .anyMatch(object -> object.startsWith("MISSING view"))
                .anyMatch(object -> object.contains("privileges public.member"));
        assertThat(schema.getString("drift.differences.find { it.object == 'public.member.name' }.expected"))
                .contains("varying(40)");
        assertThat(schema.getString("drift.differences.find { it.object == 'public.member.name' }.found"))
                .contains("varying(50)");
        given().get("/databases/" + database.name())
                .then()
                .body("drifted", equalTo(true))
                .body("summary", containsString("Somebody has changed the schema since the last job"));
    }

    @Test
    void under_a_policy_that_warns_an_application_may_start_and_a_migration_says_it() {
        TestDatabase database = migrated(TestDatabase.claim());
        database.execute("CREATE INDEX by_name ON member (name)");

        gate(database).statusCode(200);
        Run run = Run.migrate(database.script("V2__b.sql", "CREATE TABLE b (id int)"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.step("inspect")).contains("not as the last job left it: index public.by_name added");
        assertThat(run.results("drift.differences.object")).containsExactly("public.by_name");
        schema(database).body("drift.differences", hasSize(0)).body("drift.job", equalTo(run.id()));
    }

    @Test
    void under_a_policy_that_blocks_the_gate_is_shut_and_a_migration_is_refused() {
        TestDatabase database = migrated(TestDatabase.claimWatched());
        database.execute("CREATE INDEX by_name ON member (name)");

        gate(database)
                .statusCode(409)
                .body("reason", containsString("index public.by_name added"))
                .body("reason", containsString("acceptDrift"));
        assertThat(given().get("/q/health/group/schema")
                        .then()
                        .extract()
                        .jsonPath()
                        .getString("status"))
                .isEqualTo("DOWN");
        Run run = Run.migrate(database.script("V2__b.sql", "CREATE TABLE b (id int)"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("schema-drifted");
        assertThat(run.detail()).contains("index public.by_name was added").contains("\"acceptDrift\": true");
        database.execute("DROP INDEX by_name");
        gate(database).statusCode(503);
    }

    @Test
    void what_is_accepted_is_part_of_the_result_and_known_from_then_on() {
        TestDatabase database = migrated(TestDatabase.claimWatched());
        database.execute("CREATE INDEX by_name ON member (name)").script("V2__b.sql", "CREATE TABLE b (id int)");

        Run run = Run.migrate(database, Map.of("acceptDrift", true));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.results("drift.differences.object")).containsExactly("public.by_name");
        schema(database).body("drift.differences", hasSize(0));
        gate(database).statusCode(200);
    }

    @Test
    void with_nothing_pending_accepting_just_takes_the_schema_as_it_is_for_known() {
        TestDatabase database = migrated(TestDatabase.claimWatched());
        database.execute("CREATE INDEX by_name ON member (name)");

        assertThat(Run.migrate(database, Map.of("acceptDrift", true, "dryRun", true))
                        .step("inspect"))
                .contains("nothing to do");
        gate(database).statusCode(409);
        Run run = Run.migrate(database, Map.of("acceptDrift", true));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.step("inspect"))
                .contains("the schema as it is now is taken as known: index public.by_name added");
        gate(database).statusCode(200);
    }

    @Test
    void an_undo_and_a_restore_are_never_refused_and_leave_a_schema_that_is_known() {
        TestDatabase database = migrated(TestDatabase.claimWatched());
        database.script("V2__b.sql", "CREATE TABLE b (id int)").script("U2__b.sql", "DROP TABLE b");
        Run forward = Run.migrate(database);
        assertThat(forward.outcome()).as(forward.toString()).isEqualTo("SUCCEEDED MIGRATED");
        database.execute("CREATE INDEX by_name ON member (name)");

        Run undo = Run.undo(database, Map.of());

        assertThat(undo.outcome()).as(undo.toString()).isEqualTo("SUCCEEDED ROLLED_BACK");
        schema(database).body("drift.differences", hasSize(0)).body("drift.job", equalTo(undo.id()));
        database.execute("DROP INDEX by_name");
        Run restore = Run.restore(database, Map.of("acceptLoss", true));
        assertThat(restore.outcome()).as(restore.toString()).isEqualTo("SUCCEEDED RESTORED");
        schema(database).body("drift.differences", hasSize(0)).body("drift.job", equalTo(restore.id()));
    }

    @Test
    void what_a_job_has_left_in_between_is_not_taken_for_somebody_elses_doing() {
        TestDatabase database = migrated(TestDatabase.claimWatched());
        database.script(
                        "V2__half.sql",
                        "CREATE TABLE half (id int);\nCREATE INDEX CONCURRENTLY i ON half (id);\n"
                                + "SELECT 1 / (current_database() LIKE 'belay%')::int;")
                .script("V2__half.sql.conf", "executeInTransaction=false");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED INDETERMINATE");
        schema(database).body("drift", nullValue());
    }

    private static TestDatabase migrated(TestDatabase database) {
        Run run = Run.migrate(database.script("V1__a.sql", V1));
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        return database;
    }

    private static ValidatableResponse schema(TestDatabase database) {
        return given().get("/databases/" + database.name() + "/schema").then().statusCode(200);
    }

    private static ValidatableResponse gate(TestDatabase database) {
        return given().get("/databases/" + database.name() + "/gate").then();
    }
}
