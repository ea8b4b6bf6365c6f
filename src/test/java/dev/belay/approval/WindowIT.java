package dev.belay.approval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Migrations of databases with maintenance windows. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class WindowIT {

    @Test
    void it_waits_for_its_window_while_other_jobs_run_and_says_when_that_is() {
        TestDatabase database = pending("later1")
                .execute("CREATE TABLE something (id int)")
                .yaml("modules: [{name: app, baseline: '0'}]");

        Run run = Run.migrationBy("maria", database).awaitState("SCHEDULED");

        Instant opening = Instant.parse(given().get(run.path()).jsonPath().getString("scheduledFor"));
        assertThat(opening).isBetween(Instant.now(), Instant.now().plus(Duration.ofHours(24)));
        assertThat(opening.getEpochSecond() % 3600).isZero();
        assertThat(run.stepState("window")).isEqualTo("WAITING");
        given().get("/databases/later1/gate")
                .then()
                .statusCode(503)
                .body("reason", containsString("waits for its maintenance window, from " + opening));
        given().get(run.path() + "/outcome").then().statusCode(503).header("Retry-After", equalTo("30"));
        assertThat(Run.backUp(database).outcome()).isEqualTo("SUCCEEDED UNCHANGED");
        given().post(run.path() + "/cancel").then().statusCode(202).body("state", equalTo("CANCELLED"));
    }

    @Test
    void two_migrations_may_wait_for_one_window() {
        TestDatabase database = pending("later2");

        Run first = Run.migrationBy("maria", database).awaitState("SCHEDULED");
        Run second = Run.migrationBy("jose", database).awaitState("SCHEDULED");

        assertThat(first.refresh().state()).isEqualTo("SCHEDULED");
        given().post(first.path() + "/cancel").then().statusCode(202);
        given().post(second.path() + "/cancel").then().statusCode(202);
    }

    @Test
    void it_goes_on_by_itself_when_its_window_opens() {
        TestDatabase database = pending("soon");
        // The window is open for the first 12 of every 30 seconds; begun at the 13th, the job finds it closed.
        while (Instant.now().getEpochSecond() % 30 != 13) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }

        Run run = Run.migrationBy("maria", database).awaitState("SCHEDULED");
        Instant opening = Instant.parse(given().get(run.path()).jsonPath().getString("scheduledFor"));
        run.await();

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.step("window")).startsWith("open until " + opening.plusSeconds(12));
        assertThat(Instant.parse(
                        given().get(run.path()).jsonPath().getString("steps.find { it.name == 'apply' }.started")))
                .isBetween(opening, opening.plusSeconds(12));
    }

    @Test
    void an_open_window_is_used_at_once() {
        Run run = Run.migrate(pending("always"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.step("window")).startsWith("open until ");
    }

    @Test
    void what_is_longer_than_any_window_fails_at_once() {
        Run run = Run.migrate(TestDatabase.claimNamed("tiny").script("V1__slow.sql", "SELECT pg_sleep(1.2)"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("window-too-short");
        assertThat(run.detail()).contains("the longest maintenance window to come lasts 1 s");
    }

    @Test
    void what_would_be_stale_when_its_window_opens_is_not_waited_for() {
        Run run = Run.migrate(pending("never"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("plan-stale");
        assertThat(run.detail()).contains("begins at 2099-01-01T03:00:00Z");
        assertThat(run.stepState("window")).isEqualTo("FAILED");
    }

    private static TestDatabase pending(String name) {
        return TestDatabase.claimNamed(name).script("V1__a.sql", "CREATE TABLE a (id int)");
    }
}
