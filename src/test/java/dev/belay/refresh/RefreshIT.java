package dev.belay.refresh;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A production backup becomes, masked and migrated, a staging database. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class RefreshIT {

    private static final String V1 = "CREATE TABLE student (id int PRIMARY KEY, email text NOT NULL UNIQUE, town text);"
            + "CREATE TABLE visit (email text REFERENCES student (email), remark text);"
            + "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE EXCEPTION 'never'; END $$;"
            + "CREATE TRIGGER kept BEFORE UPDATE ON student FOR EACH ROW EXECUTE FUNCTION refuse();";
    private static final String V2 = "ALTER TABLE student ADD level int NOT NULL DEFAULT 1";
    private static final String RULES = """
            modules:
              - name: app
            masking:
              - {table: student, column: email, rule: fake-email}
              - {table: visit, column: remark, rule: null}
            """;

    @Test
    void rows_of_production_never_go_up_nor_staging_rows_to_production() {
        TestDatabase production = TestDatabase.claimProduction();
        TestDatabase staging = TestDatabase.claimStaging();
        TestDatabase development = TestDatabase.claim();

        post(production, staging).statusCode(403).body("type", equalTo("urn:belay:problem:environment-refused"));
        post(staging, development).statusCode(403);
        post(staging, staging).statusCode(400).body("errors[0].pointer", equalTo("#/from"));
    }

    @Test
    void staging_becomes_a_masked_and_migrated_copy_of_production() {
        TestDatabase production = production();
        TestDatabase staging = staging();
        staging.executeOnServer("ALTER DATABASE " + staging.address().name() + " SET work_mem = '6MB'");

        Run run = refresh(staging, production, Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED REFRESHED");
        assertThat(staging.ask("SELECT count(*) || ' ' || count(DISTINCT email) || ' ' || sum(level) FROM student"
                        + " WHERE email LIKE '%@example.com'"))
                .isEqualTo("40 40 40");
        assertThat(staging.ask("SELECT count(*) || ' ' || count(remark) FROM visit JOIN student USING (email)"))
                .isEqualTo("20 0");
        assertThat(staging.askAll("SELECT email FROM student WHERE email LIKE '%school%'"))
                .isEmpty();
        assertThat(staging.ask("SHOW work_mem")).isEqualTo("6MB");
        assertThat(production.ask("SELECT count(*) FROM student WHERE email LIKE '%@school.test'"))
                .isEqualTo("40");
        assertThat(run.results("masking.columns.column")).contains("email", "remark");
        assertThat(run.toString()).doesNotContain("@school.test");
        assertThat(run.step("mask")).contains("80 values in 3 columns of 2 tables");
        assertThat(run.step("migrate")).contains("app 1 → 2");
    }

    @Test
    void the_newest_backup_is_used_as_long_as_it_is_young_and_only_the_last_replaced_database_is_kept() {
        TestDatabase production = production();
        TestDatabase staging = staging();

        Run first = refresh(staging, production, Map.of());
        Run second = refresh(staging, production, Map.of("migrate", false));

        assertThat(second.outcome()).as(second.toString()).isEqualTo("SUCCEEDED REFRESHED");
        assertThat(second.result("backup")).isEqualTo(first.result("backup"));
        assertThat(second.stepState("migrate")).isNull();
        assertThat(staging.ask("SELECT count(*) FROM flyway_schema_history")).isEqualTo("1");
        assertThat(TestDatabase.askAll(
                        staging.address().server().maintenance(),
                        "SELECT datname FROM pg_database WHERE datname LIKE '"
                                + staging.address().name() + "\\_%'"))
                .containsExactly(second.result("keptAs"));
    }

    @Test
    void a_backup_from_before_a_change_of_the_schema_is_not_what_production_is() {
        TestDatabase production = production();
        TestDatabase staging = staging();

        Run first = refresh(staging, production, Map.of());
        production.execute("ALTER TABLE student ADD since date");
        Run second = refresh(staging, production, Map.of("migrate", false));

        assertThat(second.outcome()).as(second.toString()).isEqualTo("SUCCEEDED REFRESHED");
        assertThat(second.result("backup")).isNotEqualTo(first.result("backup"));
        assertThat(staging.ask("SELECT count(*) FROM student WHERE since IS NULL"))
                .isEqualTo("40");
    }

    @Test
    void a_column_that_looks_personal_stops_it_unless_it_is_waived_and_who_did_is_written_down() {
        TestDatabase production = production();
        production.execute("ALTER TABLE student ADD nick_name text", "UPDATE visit SET remark = remark");
        TestDatabase staging = staging();
        staging.execute("CREATE TABLE untouched (id int)");

        Run refused = refresh(staging, production, Map.of());
        Run waived = refresh(staging, production, Map.of("waive", List.of("student.nick_name"), "migrate", false));

        assertThat(refused.outcome()).as(refused.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(refused.problem()).isEqualTo("masking-incomplete");
        assertThat(refused.detail()).contains("{table: public.student, column: nick_name, rule: fake-name}");
        assertThat(waived.outcome()).as(waived.toString()).isEqualTo("SUCCEEDED REFRESHED");
        assertThat(waived.results("masking.waived")).containsExactly("public.student.nick_name");
        assertThat(waived.result("waivedBy")).isEqualTo("anonymous");
    }

    @Test
    void what_no_rule_can_mask_is_not_taken_along() {
        TestDatabase production = production();
        production.execute(
                "SELECT lo_from_bytea(0, 'a photo')",
                "CREATE SCHEMA belay_salvage",
                "CREATE TABLE belay_salvage.kept AS SELECT * FROM student");
        TestDatabase staging = staging();

        Run run = refresh(staging, production, Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED REFRESHED");
        assertThat(run.results("leftOut")).containsExactly("the schema belay_salvage", "1 large objects");
        assertThat(staging.ask("SELECT (SELECT count(*) FROM pg_largeobject_metadata)"
                        + " + (SELECT count(*) FROM pg_namespace WHERE nspname = 'belay_salvage')"))
                .isEqualTo("0");
    }

    @Test
    void a_refresh_that_fails_leaves_staging_as_it_was() {
        TestDatabase production = production();
        TestDatabase staging = staging().script("V2__level.sql", "ALTER TABLE nowhere ADD level int");
        staging.execute("CREATE TABLE untouched (id int)");

        Run run = refresh(staging, production, Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("rehearsal-failed");
        assertThat(staging.ask("SELECT count(*) FROM untouched")).isEqualTo("0");
        assertThat(TestDatabase.askAll(
                        staging.address().server().maintenance(),
                        "SELECT datname FROM pg_database WHERE datname LIKE '"
                                + staging.address().name() + "\\_%'"))
                .isEmpty();
    }

    private static TestDatabase production() {
        return TestDatabase.claimProduction()
                .yaml(RULES)
                .script("V1__school.sql", V1)
                .flywayMigrate()
                .execute(
                        "INSERT INTO student SELECT i, 'p' || i || '@school.test', 't' || i % 3 FROM generate_series(1, 40) i",
                        "INSERT INTO visit SELECT 'p' || i || '@school.test', 'called +49 30 123' FROM generate_series(1, 20) i");
    }

    private static TestDatabase staging() {
        return TestDatabase.claimStaging().script("V1__school.sql", V1).script("V2__level.sql", V2);
    }

    private static Run refresh(TestDatabase target, TestDatabase from, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("from", from.name());
        return Run.start("refreshes", target, body).await();
    }

    private static ValidatableResponse post(TestDatabase target, TestDatabase from) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("database", target.name(), "from", from.name()))
                .post("/refreshes")
                .then();
    }
}
