package dev.belay.reset;

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
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Resets of development databases. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ResetIT {

    @Test
    void a_database_that_is_not_for_development_is_never_reset() {
        for (TestDatabase database : List.of(TestDatabase.claimStaging(), TestDatabase.claimProduction())) {
            post(Map.of("database", database.name(), "mode", "flush", "confirm", database.name()))
                    .statusCode(403)
                    .body("type", equalTo("urn:belay:problem:environment-refused"))
                    .body("detail", containsString("only databases for development"));
        }
    }

    @Test
    void a_reset_has_to_repeat_the_name() {
        TestDatabase database = TestDatabase.claim();

        post(Map.of("database", database.name(), "mode", "recreate", "confirm", "another"))
                .statusCode(400)
                .body("errors[0].pointer", equalTo("#/confirm"));
        post(Map.of("database", database.name(), "mode", "recreate")).statusCode(400);
        post(Map.of("database", database.name(), "mode", "burn", "confirm", database.name()))
                .statusCode(400)
                .body("errors[0].pointer", equalTo("#/mode"))
                .body("errors[0].detail", containsString("RECREATE, FLUSH"));
    }

    @Test
    void a_flush_takes_the_rows_and_keeps_structure_and_history() {
        TestDatabase database = school();

        Run run = reset(database, "flush", Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED EMPTIED");
        assertThat(run.step("flush")).contains("3 tables emptied", "1 materialised views");
        assertThat(database.ask("SELECT (SELECT count(*) FROM class) + (SELECT count(*) FROM \"Odd \"\"name\")"
                        + " + (SELECT count(*) FROM student) + (SELECT count(*) FROM names)"))
                .isEqualTo("0");
        assertThat(database.ask("SELECT count(*) FROM flyway_schema_history")).isEqualTo("1");
        assertThat(database.ask("SELECT count(*) FROM history_of_another")).isEqualTo("1");
        assertThat(database.ask("SELECT tgenabled FROM pg_trigger WHERE tgname = 'kept'"))
                .isEqualTo("A");
        assertThat(database.ask("INSERT INTO class (name) VALUES ('new') RETURNING id"))
                .isEqualTo("1");
        assertThat(schema(database)).isEqualTo("UP_TO_DATE");
        assertThat(database.ask("SELECT count(*) FROM belay_salvage.kept")).isEqualTo("1");
    }

    @Test
    void what_a_flush_took_comes_back_with_its_backup() {
        TestDatabase database = school();
        Run reset = reset(database, "FLUSH", Map.of());
        database.execute("INSERT INTO class (name) VALUES ('since')");
        Map<String, Object> backup = Map.of("backup", reset.result("backup"));

        Run refused = Run.restore(database, backup);
        Map<String, Object> accepting = new HashMap<>(backup);
        accepting.put("acceptLoss", true);
        Run restored = Run.restore(database, accepting);

        assertThat(refused.problem()).as(refused.toString()).isEqualTo("loss-not-accepted");
        assertThat(refused.detail()).contains("was reset since the backup", reset.id());
        assertThat(restored.outcome()).as(restored.toString()).isEqualTo("SUCCEEDED RESTORED");
        assertThat(database.ask("SELECT count(*) FROM student")).isEqualTo("30");
    }

    @Test
    void a_flush_waits_for_no_lock_longer_than_a_script_does_and_comes_back() {
        TestDatabase database = school();

        try (var holder = database.address().openPlain();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT * FROM student LIMIT 1");
            Run run = start(database, "flush", Map.of("backup", false));
            run.during("flush", () -> awaitProgress(run, "could not have a lock"));
            holder.commit();
            run.await();

            assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED EMPTIED");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_database_is_made_anew_with_all_that_belongs_to_its_name() {
        TestDatabase database = TestDatabase.claimLimited().script("V1__a.sql", "CREATE TABLE a (id int)");
        Run first = Run.migrate(database);
        assertThat(first.outcome()).as(first.toString()).isEqualTo("SUCCEEDED MIGRATED");
        String name = "\"" + database.address().name() + "\"";
        database.executeOnServer(
                "ALTER DATABASE " + name + " CONNECTION LIMIT 7",
                "ALTER DATABASE " + name + " SET work_mem = '5MB'",
                "COMMENT ON DATABASE " + name + " IS 'ours'",
                "REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
        String attributes = "SELECT pg_get_userbyid(datdba) || datconnlimit || coalesce(datacl::text, '')"
                + " || coalesce(shobj_description(oid, 'pg_database'), '') || datcollate || encoding"
                + " || (SELECT array_agg(setconfig) FROM pg_db_role_setting WHERE setdatabase = d.oid)::text"
                + " FROM pg_database d WHERE datname = current_database()";
        String before = database.ask(attributes);
        String oid = database.ask("SELECT oid FROM pg_database WHERE datname = current_database()");

        Run run = reset(database, "recreate", Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED EMPTIED");
        assertThat(database.ask(attributes)).isEqualTo(before);
        assertThat(database.ask("SELECT oid FROM pg_database WHERE datname = current_database()"))
                .isNotEqualTo(oid);
        assertThat(database.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("0");
        assertThat(schema(database)).isEqualTo("BEHIND");
        assertThat(beside(database)).isEmpty();
        Run again = Run.migrate(database);
        assertThat(again.outcome()).as(again.toString()).isEqualTo("SUCCEEDED MIGRATED");
    }

    @Test
    void without_a_backup_only_when_that_is_asked_for() {
        TestDatabase database = school();

        Run with = reset(database, "flush", Map.of());
        Run without = reset(database, "recreate", Map.of("backup", false));

        assertThat(with.result("proven")).isEqualTo("true");
        assertThat(without.outcome()).as(without.toString()).isEqualTo("SUCCEEDED EMPTIED");
        assertThat(without.stepState("prove")).isNull();
    }

    @Test
    void a_subscription_or_slot_stands_in_the_way_of_a_new_database() {
        TestDatabase database = school();
        database.execute("SELECT pg_create_logical_replication_slot('belay_reset_slot', 'test_decoding')");
        try {
            Run run = reset(database, "recreate", Map.of("backup", false));

            assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
            assertThat(run.detail()).contains("belay_reset_slot");
            assertThat(database.ask("SELECT count(*) FROM student")).isEqualTo("30");
        } finally {
            database.execute("SELECT pg_drop_replication_slot('belay_reset_slot')");
        }
    }

    private static TestDatabase school() {
        return TestDatabase.claim()
                .script("V1__school.sql", """
                        CREATE TABLE class (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
                        CREATE TABLE student (id int PRIMARY KEY, class_id int REFERENCES class);
                        CREATE TABLE "Odd ""name" (id serial, student_id int REFERENCES student);
                        ALTER TABLE class ADD student_id int REFERENCES student;
                        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                            $$ BEGIN RAISE EXCEPTION 'never'; END $$;
                        CREATE TRIGGER kept BEFORE TRUNCATE ON student EXECUTE FUNCTION refuse();
                        ALTER TABLE student ENABLE ALWAYS TRIGGER kept;
                        CREATE FUNCTION shown(text) RETURNS text LANGUAGE sql AS 'SELECT upper(name) FROM class LIMIT 1';
                        CREATE MATERIALIZED VIEW names AS SELECT name FROM class;
                        """)
                .flywayMigrate()
                .execute(
                        "INSERT INTO class (name) SELECT 'c' || i FROM generate_series(1, 3) i",
                        "INSERT INTO student SELECT i, 1 + i % 3 FROM generate_series(1, 30) i",
                        "INSERT INTO \"Odd \"\"name\" (student_id) VALUES (1)",
                        "REFRESH MATERIALIZED VIEW names",
                        "CREATE TABLE history_of_another AS SELECT * FROM flyway_schema_history",
                        "CREATE SCHEMA belay_salvage",
                        "CREATE TABLE belay_salvage.kept AS SELECT 1 AS one");
    }

    private static Run reset(TestDatabase database, String mode, Map<String, Object> more) {
        return start(database, mode, more).await();
    }

    private static Run start(TestDatabase database, String mode, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("mode", mode);
        body.put("confirm", database.name());
        return Run.start("resets", database, body);
    }

    private static void awaitProgress(Run run, String text) {
        for (int i = 0; i < 300 && !String.valueOf(run.refresh().step("flush")).contains(text); i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
        assertThat(run.step("flush")).contains(text);
    }

    private static ValidatableResponse post(Map<String, Object> body) {
        return given().contentType(ContentType.JSON).body(body).post("/resets").then();
    }

    private static String schema(TestDatabase database) {
        return given().get("/databases/" + database.name() + "/schema")
                .jsonPath()
                .getString("status");
    }

    private static List<String> beside(TestDatabase database) {
        return TestDatabase.askAll(
                database.address().server().maintenance(),
                "SELECT datname FROM pg_database WHERE datname LIKE '"
                        + database.address().name() + "\\_%'");
    }
}
