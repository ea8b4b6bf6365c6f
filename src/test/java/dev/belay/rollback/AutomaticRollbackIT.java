package dev.belay.rollback;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What follows when a check of the project holds on the copy and not on the database. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class AutomaticRollbackIT {

    @Test
    void a_reversible_migration_is_undone_before_what_waits_in_line() {
        TestDatabase database =
                failing(TestDatabase.claimNamed("retreating1")).script("U2__b.sql", "ALTER TABLE a DROP b");
        Run[] waiting = new Run[1];

        Run run = Run.start("migrations", database, Map.of())
                .during("rehearse", () -> waiting[0] = Run.start("backups", database, Map.of()))
                .await();

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED MIGRATED");
        assertThat(run.problem()).isEqualTo("verification-failed");
        assertThat(run.detail()).contains("on-failure", "the link rollback");
        JsonPath rollback = rollback(run);
        assertThat(rollback.getString("state") + " " + rollback.getString("databaseState"))
                .as(rollback.prettify())
                .isEqualTo("SUCCEEDED ROLLED_BACK");
        assertThat(rollback.getString("requestedBy")).isEqualTo("belay (policy on-failure)");
        assertThat(columns(database)).isEqualTo("id");
        JsonPath backup = view(waiting[0].path());
        assertThat(Instant.parse(rollback.getString("finished")))
                .isBeforeOrEqualTo(Instant.parse(backup.getString("started")));
    }

    @Test
    void one_without_a_way_back_by_scripts_is_restored_from_its_own_backup() {
        TestDatabase database = failing(TestDatabase.claimNamed("retreating2"))
                .script("R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM a");

        Run run = Run.migrate(database);

        JsonPath rollback = rollback(run);
        assertThat(rollback.getString("state") + " " + rollback.getString("databaseState"))
                .as(rollback.prettify())
                .isEqualTo("SUCCEEDED RESTORED");
        assertThat(rollback.getString("result.backup")).isEqualTo(run.result("backup"));
        assertThat(columns(database)).isEqualTo("id");
        assertThat(planOf(run)).contains("if verification fails, roll back without asking: by a restore");
    }

    @Test
    void by_default_it_stops_and_leaves_it_to_a_person() {
        TestDatabase database = failing(TestDatabase.claim()).script("U2__b.sql", "ALTER TABLE a DROP b");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED MIGRATED");
        assertThat(run.result("rollback")).isNull();
        assertThat(planOf(run)).contains("if verification fails, stop");
        assertThat(columns(database)).isEqualTo("b id");
        List<Object> rollbacks = given().get("/rollbacks?database=" + database.name())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items");
        assertThat(rollbacks).isEmpty();
    }

    private static TestDatabase failing(TestDatabase database) {
        return database.yaml(
                        "{modules: [{name: app}], checks: [{name: a copy, sql: \"SELECT current_database() LIKE 'belay%'\"}]}")
                .script("V1__a.sql", "CREATE TABLE a (id int PRIMARY KEY); INSERT INTO a VALUES (1)")
                .flywayMigrate()
                .script("V2__b.sql", "ALTER TABLE a ADD b int");
    }

    private static String columns(TestDatabase database) {
        return database.ask("SELECT string_agg(attname, ' ' ORDER BY attname) FROM pg_attribute"
                + " WHERE attrelid = 'a'::regclass AND attnum > 0 AND NOT attisdropped");
    }

    private static String planOf(Run run) {
        return given().accept("text/markdown").get(run.path() + "/plan").asString();
    }

    /** The job that the failed migration links to, once it is done. */
    private static JsonPath rollback(Run run) {
        return view(view(run.path()).getString("links.rollback"));
    }

    private static JsonPath view(String path) {
        JsonPath view = null;
        for (int i = 0; i < 4 && (view == null || !view.getBoolean("done")); i++) {
            view = given().get(path + "?wait=25s")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
        }
        return Objects.requireNonNull(view);
    }
}
