package dev.belay.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import dev.belay.job.JobJournal;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class PlanIT {

    private static final String V1 = """
            CREATE TABLE member (id int PRIMARY KEY, name text NOT NULL, born date);
            INSERT INTO member SELECT i, 'member ' || i, '2000-01-01' FROM generate_series(1, 5000) i;
            CREATE VIEW roster AS SELECT name FROM member;
            """;
    private static final String V2 = """
            ALTER TABLE member ADD token uuid DEFAULT gen_random_uuid();
            ALTER TABLE member RENAME born TO birthday;
            """;
    private static final String U2 = """
            ALTER TABLE member RENAME birthday TO born;
            ALTER TABLE member DROP token;
            """;
    private static final String V2_LOSING = """
            DROP VIEW roster;
            DELETE FROM member WHERE id <= 10;
            """;

    @Inject
    JobJournal journal;

    @Inject
    ObjectMapper json;

    @Test
    void it_says_what_was_observed_what_is_at_stake_and_how_it_is_taken_back() {
        JsonPath plan = plan(pending().script("U2__b.sql", U2));

        assertThat(plan.getString("plan.overview.scope[0]")).isEqualTo("app 1 → 2");
        assertThat(plan.getLong("plan.overview.rows")).isEqualTo(5001);
        assertThat(plan.getString("plan.risk.level")).isEqualTo("MEDIUM");
        assertThat(plan.getList("plan.risk.reasons.text", String.class)).isNotEmpty();
        assertThat(plan.getList("plan.blocking.relation", String.class)).containsExactly("public.member");
        assertThat(plan.getList("plan.statements[0].locks.mode", String.class)).contains("ACCESS_EXCLUSIVE");
        assertThat(plan.getBoolean("plan.statements[0].work.find { it.relation == 'public.member' }.rewritten"))
                .isTrue();
        assertThat(plan.getInt("plan.statements[1].line")).isEqualTo(2);
        assertThat(plan.getList("plan.advice.ruleId", String.class)).isNotEmpty();
        assertThat(plan.getList("plan.impact.views.name", List.class).toString())
                .contains("roster");
        assertThat(plan.getList("plan.waysBack.method", String.class)).containsExactly("UNDO", "RESTORE");
        assertThat(plan.getList("plan.waysBack.offered", Boolean.class)).containsExactly(true, true);
        assertThat(plan.getList("plan.waysBack.millis", Long.class)).allMatch(millis -> millis >= 0);
        assertThat(plan.getString("plan.scripts[0].undoSql")).isEqualTo(U2);
        assertThat(plan.getList("plan.losses")).isEmpty();
        assertThat(plan.getList("stale")).isEmpty();
    }

    @Test
    void a_way_back_that_nobody_wrote_is_in_it_with_its_script() {
        JsonPath plan = plan(pending());

        assertThat(plan.getList("plan.waysBack.offered", Boolean.class)).containsExactly(true, true);
        assertThat(plan.getString("plan.waysBack[0].keeps")).startsWith("By generated undo scripts (");
        assertThat(plan.getBoolean("plan.scripts[0].undoGenerated")).isTrue();
        assertThat(plan.getString("plan.scripts[0].undoSql")).startsWith("-- Takes V2__b.sql back.");
        assertThat(plan.getList("plan.risk.reasons.text", String.class)).noneMatch(text -> text.contains("way back"));
        assertThat(ticked(plan, true)).anyMatch(text -> text.startsWith("They ran back"));
    }

    @Test
    void its_boxes_are_ticked_by_evidence_and_not_otherwise() {
        JsonPath plan = plan(atVersion1().script("V2__b.sql", V2 + "\n;UPDATE member SET name = upper(name);"));

        assertThat(ticked(plan, true)).anyMatch(text -> text.startsWith("A full backup exists"));
        assertThat(ticked(plan, false))
                .anyMatch(text -> text.startsWith("They ran back"))
                .anyMatch(text -> text.startsWith("The backup's size is plausible"))
                .anyMatch(text -> text.startsWith("The project's checks"))
                .contains("Approved");
        assertThat(plan.getList("plan.waysBack.offered", Boolean.class)).containsExactly(false, true);
        assertThat(plan.getList("plan.risk.reasons.text", String.class))
                .anyMatch(text -> text.contains("the only way back is a restore"));
    }

    @Test
    void only_the_undo_scripts_that_were_tried_are_counted() {
        JsonPath plan =
                plan(pending().script("U2__b.sql", U2).script("U1__a.sql", "DROP VIEW roster;\nDROP TABLE member;"));

        assertThat(plan.getString("plan.checklist.find { it.text == 'The way back is prepared' }.evidence"))
                .startsWith("undo scripts for all 1 versions, tried;");
    }

    @Test
    void it_is_valid_for_no_longer_than_it_can_be_approved() {
        Run run = waiting(pending());

        String validUntil = given().get(run.path() + "/plan").jsonPath().getString("validUntil");

        assertThat(Instant.parse(validUntil).truncatedTo(ChronoUnit.MILLIS))
                .isEqualTo(Instant.parse(given().get(run.path()).jsonPath().getString("approvableUntil"))
                        .truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void rows_that_would_be_lost_make_it_high() {
        JsonPath plan = plan(atVersion1().script("V2__b.sql", V2_LOSING));

        assertThat(plan.getString("plan.risk.level")).isEqualTo("HIGH");
        assertThat(plan.getList("plan.losses", String.class))
                .singleElement()
                .asString()
                .contains("10 rows less");
    }

    @Test
    void a_backup_that_is_implausibly_small_blocks_it() {
        TestDatabase database = pending();
        assertThat(Run.backUp(database).state()).isEqualTo("SUCCEEDED");
        database.execute("DELETE FROM member WHERE id > 100");

        Run run = Run.migrationBy("amina", database).await();

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("risk-too-high");
        JsonPath plan = given().get(run.path() + "/plan").jsonPath();
        assertThat(plan.getString("plan.risk.level")).isEqualTo("BLOCKED");
        assertThat(plan.getString("plan.risk.reasons[0].text"))
                .contains("101 rows in ", "5,001 rows in ", "implausible");
    }

    @Test
    void whoever_approves_it_sees_what_somebody_else_has_changed() {
        TestDatabase database = TestDatabase.claimWatched().script("V1__a.sql", V1);
        assertThat(Run.migrate(database).databaseState()).isEqualTo("MIGRATED");
        database.execute("ALTER TABLE member ADD sneaky int").script("V2__b.sql", V2);

        Run run = Run.migrate(database, Map.of("acceptDrift", true, "dryRun", true));

        JsonPath plan = given().get(run.path() + "/plan").jsonPath();
        assertThat(plan.getList("plan.risk.reasons.text", String.class))
                .anyMatch(text -> text.contains("public.member.sneaky was added"));
        assertThat(ticked(plan, false)).contains("The schema is as the last job left it");
    }

    @Test
    void its_digest_covers_all_that_it_says() {
        Run run = waiting(pending());

        Plan plan = journal.evidence(UUID.fromString(run.id()), Plan.class).orElseThrow();

        assertThat(new PlanDigest(json).of(plan)).isEqualTo(run.result("planDigest"));
        assertThat(given().get(run.path() + "/plan").jsonPath().getString("digest"))
                .isEqualTo(run.result("planDigest"));
    }

    @Test
    void what_makes_it_stale_is_shown() {
        TestDatabase database = pending();
        Run run = waiting(database);

        database.script("V2__b.sql", V2 + "SELECT 1;");
        database.execute("CREATE TABLE somebody_elses (id int)");

        assertThat(given().get(run.path() + "/plan").jsonPath().getList("stale", String.class))
                .containsExactly("a script was changed: app/V2__b.sql", "the schema was changed since");
        assertThat(read(run, "text/markdown").asString()).contains("**This plan is void:**");
    }

    @Test
    void the_page_needs_nothing_from_elsewhere_and_runs_nothing() {
        Run run =
                waiting(pending().script("V3__c.sql", "COMMENT ON TABLE member IS '<script>alert(1)</script> | `x`';"));

        Response page = read(run, "text/html");

        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.asString())
                .contains("<svg", "@media print", "&lt;script&gt;alert(1)")
                .doesNotContain("<script", "<link", "src=", "@import");
        assertThat(read(run, "text/markdown").asString()).contains("```mermaid", "## Rollback");
        assertThat(read(run, "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8").contentType())
                .as("what a browser asks for")
                .startsWith("text/html");
    }

    @Test
    void there_is_none_before_the_rehearsal_and_none_of_what_is_no_migration() {
        Run nothing = Run.migrate(atVersion1());

        given().get(nothing.path() + "/plan").then().statusCode(404);
        given().get("/migrations/" + UUID.randomUUID() + "/plan").then().statusCode(404);
    }

    private static Response read(Run run, String type) {
        return given().accept(type).get(run.path() + "/plan");
    }

    private static List<String> ticked(JsonPath plan, boolean ticked) {
        return plan.<Map<String, Object>>getList("plan.checklist").stream()
                .filter(item -> Boolean.valueOf(ticked).equals(item.get("ticked")))
                .map(item -> String.valueOf(item.get("text")))
                .toList();
    }

    private static JsonPath plan(TestDatabase database) {
        return given().get(waiting(database).path() + "/plan")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Run waiting(TestDatabase database) {
        return Run.migrationBy("amina", database).awaitState("AWAITING_APPROVAL");
    }

    private static TestDatabase pending() {
        return atVersion1().script("V2__b.sql", V2);
    }

    private static TestDatabase atVersion1() {
        return TestDatabase.claimProduction().script("V1__a.sql", V1).flywayMigrate();
    }
}
