package dev.belay.migration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a migration refuses before it has read a row. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class MigrationRefusalIT {

    @Test
    void a_database_that_is_not_configured_is_not_found() {
        given().contentType(ContentType.JSON)
                .body(Map.of("database", "nobody"))
                .post("/migrations")
                .then()
                .statusCode(404);
    }

    @Test
    void a_module_that_the_project_does_not_have_is_refused() {
        Run run = Run.migrate(atVersion1(), Map.of("to", Map.of("shop", "1")));

        refused(run, "invalid-request", "no module \"shop\"");
    }

    @Test
    void a_version_that_the_module_does_not_have_is_refused() {
        Run run = Run.migrate(atVersion1(), Map.of("to", Map.of("app", "7")));

        refused(run, "invalid-request", "no version 7", "its newest is 1");
    }

    @Test
    void a_version_that_is_none_is_refused() {
        Run run = Run.migrate(atVersion1(), Map.of("to", Map.of("app", "newest")));

        refused(run, "invalid-request", "A version has numbers");
    }

    @Test
    void a_lower_version_is_refused_with_the_way_back() {
        TestDatabase database =
                atVersion1().script("V2__b.sql", "CREATE TABLE b (id int)").flywayMigrate();

        Run run = Run.migrate(database, Map.of("to", Map.of("app", "1")));

        refused(run, "invalid-request", "at version 2, above 1", "POST /rollbacks");
    }

    @Test
    void a_changed_script_that_is_applied_already_is_named() {
        TestDatabase database = atVersion1().script("V1__a.sql", "CREATE TABLE a (id bigint)");

        refused(Run.migrate(database), "history-not-usable", "V1__a.sql", "changed after", "put the applied text back");
    }

    @Test
    void a_version_below_the_current_one_is_named() {
        TestDatabase database = atVersion1().script("V0.5__early.sql", "CREATE TABLE early (id int)");

        refused(Run.migrate(database), "history-not-usable", "V0.5__early.sql", "would be left out");
    }

    @Test
    void an_applied_version_that_the_project_lacks_is_named() throws IOException {
        TestDatabase database =
                atVersion1().script("V2__b.sql", "CREATE TABLE b (id int)").flywayMigrate();
        Files.delete(database.project().resolve("app/V2__b.sql"));

        refused(Run.migrate(database), "history-not-usable", "V2__b.sql", "not in the project");
    }

    @Test
    void a_history_with_undo_rows_of_a_paid_edition_is_refused() {
        TestDatabase database = atVersion1()
                .execute("INSERT INTO flyway_schema_history SELECT 2, version, description, 'UNDO_SQL', 'U1__a.sql',"
                        + " 0, installed_by, now(), 0, true FROM flyway_schema_history");

        refused(Run.migrate(database), "history-not-usable", "rank 2: UNDO_SQL of version 1");
    }

    @Test
    void a_prepared_transaction_is_named() {
        TestDatabase database = atVersion1().script("V2__b.sql", "CREATE TABLE b (id int)");
        database.execute("BEGIN; INSERT INTO a VALUES (1); PREPARE TRANSACTION 'left by a payment'");
        try {
            refused(Run.migrate(database), "preflight-refused", "'left by a payment'", "ROLLBACK PREPARED");
        } finally {
            database.execute("ROLLBACK PREPARED 'left by a payment'");
        }
    }

    @Test
    void a_database_with_tables_but_no_history_needs_a_baseline() {
        TestDatabase database =
                TestDatabase.claim().execute("CREATE TABLE a (id int)").script("V1__a.sql", "CREATE TABLE a (id int)");

        Run run = Run.migrate(database);

        refused(run, "history-not-usable", "public", "baseline:", "flyway_schema_history");
        assertThat(run.stepState("inspect")).isEqualTo("FAILED");
    }

    @Test
    void a_project_file_that_is_gone_is_refused() throws IOException {
        TestDatabase database = atVersion1();
        Files.delete(database.project().resolve("belay.yaml"));

        refused(Run.migrate(database), "project-invalid", "cannot be read");
    }

    @Test
    void an_unknown_key_in_the_project_file_is_named() {
        TestDatabase database = atVersion1().yaml("modules:\n  - name: app\n    dependson: [core]\n");

        refused(Run.migrate(database), "project-invalid", "dependson", "line ");
    }

    @Test
    void modules_in_a_circle_are_refused() {
        TestDatabase database = atVersion1()
                .yaml("modules: [{name: app, dependsOn: [shop]}, {name: shop, path: app, dependsOn: [app]}]");

        refused(Run.migrate(database), "project-invalid", "app → shop → app");
    }

    @Test
    void a_missing_dependency_is_named() {
        TestDatabase database = atVersion1().yaml("modules: [{name: app, dependsOn: [core]}]");

        refused(Run.migrate(database), "project-invalid", "app depends on core, which is not there");
    }

    @Test
    void two_scripts_of_one_version_are_named() {
        TestDatabase database = atVersion1().script("V1.0__other.sql", "SELECT 1");

        refused(Run.migrate(database), "project-invalid", "V1__a.sql", "V1.0__other.sql", "the same version");
    }

    @Test
    void a_script_that_is_named_badly_is_not_left_out_in_silence() {
        TestDatabase database = atVersion1().script("V2_b.sql", "CREATE TABLE b (id int)");

        refused(Run.migrate(database), "project-invalid", "V2_b.sql", "not named like a script");
    }

    @Test
    void a_link_out_of_the_project_is_refused() throws IOException {
        TestDatabase database = atVersion1();
        Path outside = Files.writeString(Files.createTempFile("outside", ".sql"), "CREATE TABLE stolen (id int)");
        Files.createSymbolicLink(database.project().resolve("app/V2__b.sql"), outside);

        refused(Run.migrate(database), "project-invalid", "V2__b.sql", "outside");
    }

    @Test
    void a_settings_file_that_links_out_of_the_project_is_refused() throws IOException {
        TestDatabase database = atVersion1().script("V2__b.sql", "CREATE TABLE b (id int)");
        Path outside = Files.writeString(Files.createTempFile("outside", ".conf"), "executeInTransaction=false");
        Files.createSymbolicLink(database.project().resolve("app/V2__b.sql.conf"), outside);

        refused(Run.migrate(database), "project-invalid", "V2__b.sql.conf", "outside");
    }

    @Test
    void a_folder_outside_the_project_is_refused() {
        TestDatabase other = atVersion1();
        TestDatabase database = atVersion1().yaml("modules: [{name: app, path: ../" + other.name() + "/app}]");

        refused(Run.migrate(database), "project-invalid", "outside the project's folder");
    }

    @Test
    void a_script_of_two_gigabytes_is_refused_unread() throws IOException {
        TestDatabase database = atVersion1();
        try (RandomAccessFile file = new RandomAccessFile(
                database.project().resolve("app/V2__huge.sql").toFile(), "rw")) {
            file.setLength(2L << 30);
        }

        refused(Run.migrate(database), "project-invalid", "V2__huge.sql", "larger than 16 MiB");
    }

    @Test
    void a_script_that_is_not_utf8_is_refused() throws IOException {
        TestDatabase database = atVersion1();
        Files.write(database.project().resolve("app/V2__latin.sql"), new byte[] {'-', '-', (byte) 0xfc, '\n'});

        refused(Run.migrate(database), "project-invalid", "V2__latin.sql", "not UTF-8");
    }

    private static void refused(Run run, String problem, String... words) {
        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).as(run.toString()).isEqualTo(problem);
        assertThat(run.detail()).contains(words);
        assertThat(run.stepState("apply")).isEqualTo("SKIPPED");
    }

    private static TestDatabase atVersion1() {
        return TestDatabase.claim()
                .script("V1__a.sql", "CREATE TABLE a (id int)")
                .flywayMigrate();
    }
}
