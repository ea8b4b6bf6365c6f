package dev.belay.approval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.belay.AtOnce;
import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Migrations of databases whose policy wants an approval by somebody else. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ApprovalIT {

    @Test
    void it_waits_until_somebody_else_approves_its_plan_and_is_then_applied() {
        TestDatabase database = pending();
        Run run = waiting(database);
        assertThat(run.databaseState()).isEqualTo("UNCHANGED");
        assertThat(run.stepState("approve")).isEqualTo("WAITING");
        assertThat(run.step("approve")).contains(run.result("planDigest"), "somebody else than maria");

        Response approval = run.approveBy("jose");

        approval.then()
                .statusCode(201)
                .body("approver", equalTo("jose"))
                .body("comment", equalTo("read it"))
                .body("migration", equalTo(run.id()));
        run.await();
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.step("approve")).startsWith("approved by jose at ");
        assertThat(database.ask("SELECT to_regclass('a')")).isEqualTo("a");
        given().get(run.path() + "/approvals")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].approver", equalTo("jose"));
    }

    @Test
    void a_waiting_job_says_where_to_approve_it_and_until_when() {
        Run run = waiting(pending());

        given().get(run.path())
                .then()
                .header("Retry-After", equalTo("30"))
                .body("requestedBy", equalTo("maria"))
                .body("approvableUntil", notNullValue())
                .body("scheduledFor", equalTo(null))
                .body("links.approvals", containsString(run.path() + "/approvals"))
                .body("links.plan", containsString(run.path() + "/plan"));
        given().get(run.path() + "/outcome").then().statusCode(503).header("Retry-After", equalTo("30"));
        given().get("/migrations?state=AWAITING_APPROVAL&database=" + database(run))
                .then()
                .body("items", hasSize(1));
    }

    @Test
    void whoever_waits_at_the_gate_is_told_that_an_approval_is_missing() {
        Run run = waiting(pending());

        given().get("/databases/" + database(run) + "/gate")
                .then()
                .statusCode(503)
                .body("reason", containsString("waits for an approval"))
                .body("job.state", equalTo("AWAITING_APPROVAL"))
                .body("job.changing", equalTo(false));
    }

    @Test
    void other_jobs_of_the_database_run_meanwhile() {
        TestDatabase database = withTable();
        Run run = waiting(database);

        Run backup = Run.backUp(database);

        assertThat(backup.outcome()).as(backup.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.refresh().state()).isEqualTo("AWAITING_APPROVAL");
        run.approveBy("jose").then().statusCode(201);
        assertThat(run.await().outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
    }

    @Test
    void nothing_is_kept_on_the_server_while_it_waits() {
        TestDatabase database = pending();
        Run run = waiting(database);

        assertThat(database.askAll(
                        "SELECT pid FROM pg_stat_activity WHERE application_name = 'belay " + run.id() + "'"))
                .isEmpty();
        assertThat(database.askAll("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"
                        + " AND classid = x'42454c41'::int::oid"
                        + " AND objid::bigint = hashtext('" + database.name() + "')::bigint & 4294967295"))
                .isEmpty();
    }

    @Test
    void a_dry_run_asks_nobody() {
        Run run = Run.migrate(pending(), Map.of("dryRun", true));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.result("planDigest")).hasSize(64);
    }

    @Test
    void a_newer_version_that_nobody_planned_does_not_void_the_plan() {
        TestDatabase database = pending();
        Run run = waiting(database);
        database.script("V2__b.sql", "CREATE TABLE b (id int)");

        run.approveBy("jose").then().statusCode(201);

        assertThat(run.await().outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(database.ask("SELECT to_regclass('b')")).isEqualTo("null");
    }

    @Test
    void rows_that_were_written_meanwhile_do_not_void_the_plan() {
        TestDatabase database = withTable();
        Run run = waiting(database);
        database.execute("INSERT INTO something SELECT generate_series(1, 100)");

        run.approveBy("jose").then().statusCode(201);

        assertThat(run.await().outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
    }

    @Test
    void a_script_that_was_edited_after_the_approval_is_not_applied_either() {
        TestDatabase database = pending();
        Run run = waiting(database);
        Run backup = Run.start("backups", database, Map.of());
        run.approveBy("jose").then().statusCode(201);
        database.script("V1__a.sql", "CREATE TABLE a (id bigint)");
        backup.await();

        run.await();
        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("plan-stale");
        assertThat(run.detail()).contains("a script was changed: app/V1__a.sql");
        assertThat(database.ask("SELECT to_regclass('a')")).isEqualTo("null");
    }

    @Test
    void nothing_is_applied_when_its_backup_is_too_old() {
        TestDatabase database = TestDatabase.claimNamed("forgetful").script("V1__a.sql", "CREATE TABLE a (id int)");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("backup-stale");
        assertThat(database.ask("SELECT to_regclass('a')")).isEqualTo("null");
    }

    @Test
    void the_same_approval_twice_is_one() {
        Run run = waiting(pending());

        Response first = run.approveBy("jose");
        Response second = run.approveBy("jose");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.jsonPath().getString("at")).isEqualTo(first.jsonPath().getString("at"));
        assertThat(run.await().outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
    }

    @Test
    void of_many_approvals_at_once_one_counts_and_the_migration_runs_once() {
        TestDatabase database = pending();
        Run run = waiting(database);

        List<Integer> answers = AtOnce.map(
                List.of("ana", "ben", "carla", "dora", "elio", "ana"),
                approver -> run.approveBy(approver).statusCode());

        assertThat(answers).contains(201).isSubsetOf(201, 200, 409);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(1);
        assertThat(run.await().outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        given().get(run.path() + "/approvals").then().body("items", hasSize(1));
    }

    private static TestDatabase pending() {
        return TestDatabase.claimProduction().script("V1__a.sql", "CREATE TABLE a (id int)");
    }

    private static TestDatabase withTable() {
        return pending().execute("CREATE TABLE something (id int)").yaml("modules: [{name: app, baseline: '0'}]");
    }

    private static Run waiting(TestDatabase database) {
        return Run.migrationBy("maria", database).awaitState("AWAITING_APPROVAL");
    }

    private static String database(Run run) {
        return given().get(run.path()).jsonPath().getString("database");
    }
}
