package dev.belay.standby;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The copy of the backup that is kept ready beside a database. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class StandbyIT {

    private static final String MEMBER = "CREATE TABLE member (id int PRIMARY KEY, name text NOT NULL);"
            + "INSERT INTO member SELECT i, 'member ' || i FROM generate_series(1, 50) i;";
    private static final String STUDENT = "ALTER TABLE member RENAME TO student";

    @Inject
    StandbySweep sweep;

    @Test
    void a_migration_leaves_its_backup_ready_and_closed_and_the_plan_tells_the_cost() {
        TestDatabase database = unmigrated(TestDatabase.claimNamed("ready1"));

        Run run = migrate(database);
        sweep.sweep();

        String name = run.result("standby");
        assertThat(standbys(database)).containsExactly(name);
        assertThat(askServer(database, "SELECT datallowconn FROM pg_database WHERE datname = '" + name + "'"))
                .containsExactly("f");
        assertThat(run.step("standby")).contains(name, "MB", "closed to connections");
        JsonPath plan = given().get(run.path() + "/plan").jsonPath();
        assertThat(plan.getLong("plan.waysBack[1].standby.bytes"))
                .isCloseTo(size(database, name), Percentage.withPercentage(25));
        assertThat(plan.getLong("plan.waysBack[1].standby.keptSeconds")).isEqualTo(24 * 3600);
        assertThat(plan.getList("plan.steps.name", String.class)).contains("standby");
        assertThat(given().accept("text/markdown").get(run.path() + "/plan").asString())
                .containsPattern("\\*\\*standby\\*\\*: .* MB on the database's server, kept for 1 d once");
    }

    @Test
    void a_restore_takes_the_newest_and_leaves_it_when_it_is_only_tried() {
        TestDatabase database = TestDatabase.claimNamedLimited("ready2").script("V1__member.sql", MEMBER);
        String first = migrate(database).result("standby");
        database.script("V2__student.sql", STUDENT);
        String standby = migrate(database).result("standby");
        assertThat(standbys(database)).containsExactly(standby).doesNotContain(first);
        database.execute("INSERT INTO student VALUES (101, 'new')", "DELETE FROM student WHERE id = 7");

        Run tried = Run.restore(database, Map.of("dryRun", true));
        List<String> afterwards = standbys(database);
        Run run = Run.restore(database, Map.of());

        assertThat(tried.outcome()).as(tried.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(tried.step("restore"))
                .containsPattern("equal to the backup; cloned from the standby " + standby + " in \\d+\\.\\d s");
        assertThat(afterwards).containsExactly(standby);
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED RESTORED");
        assertThat(run.step("restore")).contains("cloned from the standby " + standby);
        assertThat(database.askAll("SELECT id FROM member WHERE id IN (7, 101)"))
                .containsExactly("101");
        assertThat(database.ask("SELECT count(*) FROM member")).isEqualTo("50");
        assertThat(standbys(database)).isEmpty();
    }

    @Test
    void one_that_somebody_wrote_to_is_not_restored_from() {
        TestDatabase database = unmigrated(TestDatabase.claimNamed("ready3"));
        String standby = migrate(database).result("standby");
        database.executeOnServer("ALTER DATABASE " + standby + " ALLOW_CONNECTIONS true");
        TestDatabase.askAll(
                database.address().server().database(standby), "UPDATE member SET name = 'x' WHERE id = 1 RETURNING 1");
        database.executeOnServer("ALTER DATABASE " + standby + " ALLOW_CONNECTIONS false");

        Run run = Run.restore(database, Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED RESTORED");
        assertThat(run.step("restore")).contains("restored from the archive, because the standby " + standby);
        assertThat(database.ask("SELECT name FROM member WHERE id = 1")).isEqualTo("member 1");
    }

    @Test
    void the_one_of_a_migration_that_changed_nothing_goes() {
        TestDatabase database = unmigrated(TestDatabase.claimNamed("ready4"));

        Run run = Run.migrateWhile(database, "standby", () -> database.execute("ALTER TABLE member ADD stray int"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        sweep.sweep();
        assertThat(standbys(database)).isEmpty();
    }

    @Test
    void it_goes_when_its_time_is_over_and_what_somebody_put_in_its_place_stays() {
        TestDatabase database = unmigrated(TestDatabase.claimNamed("fleeting"));
        migrate(database);
        sweepLater();
        assertThat(standbys(database)).isEmpty();
        database.script("V3__class.sql", "ALTER TABLE student ADD class text");

        Run run = Run.migrateWhile(database, "verify", () -> replace(database));
        sweepLater();

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(standbys(database)).containsExactly(run.result("standby"));
        database.executeOnServer("DROP DATABASE " + run.result("standby"));
    }

    /** When the retention of the fleeting one has passed. */
    private void sweepLater() {
        LockSupport.parkNanos(Duration.ofMillis(1100).toNanos());
        sweep.sweep();
    }

    /** Drops the standby and makes a database of the same name that is not Belay's. */
    private static void replace(TestDatabase database) {
        String name = standbys(database).get(0);
        database.executeOnServer("DROP DATABASE " + name, "CREATE DATABASE " + name);
    }

    private static List<String> standbys(TestDatabase database) {
        return askServer(
                database,
                "SELECT datname FROM pg_database WHERE datname LIKE '"
                        + database.address().name() + "\\_standby\\_%' ORDER BY 1");
    }

    private static long size(TestDatabase database, String name) {
        return Long.parseLong(
                askServer(database, "SELECT pg_database_size('" + name + "')").get(0));
    }

    private static List<String> askServer(TestDatabase database, String sql) {
        return TestDatabase.askAll(database.address().server().maintenance(), sql);
    }

    private static Run migrate(TestDatabase database) {
        Run run = Run.migrate(database);
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        return run;
    }

    private static TestDatabase unmigrated(TestDatabase database) {
        return database.script("V1__member.sql", MEMBER).flywayMigrate().script("V2__student.sql", STUDENT);
    }
}
