package dev.belay.undo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The way back by undo scripts. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class UndoIT {

    @Test
    void the_last_migration_is_taken_back_and_rows_written_since_stay() {
        TestDatabase database = migratedToVersion2();
        database.execute("INSERT INTO student VALUES (51, 'new one', NULL)");

        Run run = Run.undo(database, Map.of());

        rolledBack(run);
        assertThat(run.results("scope")).containsExactly("app 2 → 1");
        assertThat(database.ask("SELECT name FROM member WHERE id = 51")).isEqualTo("new one");
    }

    @Test
    void values_of_a_column_that_goes_away_are_copied_with_their_key() {
        TestDatabase database = atVersion2();
        database.execute("UPDATE student SET mail = 'seven@example.org' WHERE id = 7");

        Run run = Run.undo(database, Map.of("to", Map.of("app", "1")));

        rolledBack(run);
        assertThat(run.results("salvaged")).containsExactly("public.student (mail)");
        String copy = database.ask("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                + " WHERE schemaname = 'belay_salvage' AND tablename <> 'contents'");
        assertThat(database.ask("SELECT origin || ' ' || key::text FROM belay_salvage.contents"))
                .isEqualTo("public.student {id}");
        assertThat(given().get(run.path() + "/salvage").jsonPath().getString("tables[0].salvageTable"))
                .startsWith("belay_salvage.");
        assertThat(database.askAll("SELECT id || ' ' || mail FROM " + copy + " WHERE mail IS NOT NULL"))
                .containsExactly("7 seven@example.org");
    }

    @Test
    void an_undo_outside_of_transactions_copies_what_goes_away_all_the_same() {
        TestDatabase database = atVersion2()
                .script(
                        "U2__student.sql",
                        "DROP INDEX CONCURRENTLY IF EXISTS nothing; ALTER TABLE student DROP mail;"
                                + " ALTER TABLE student RENAME TO member")
                .execute("UPDATE student SET mail = 'kept' WHERE id = 7");

        Run run = Run.undo(database, Map.of("to", Map.of("app", "1")));

        rolledBack(run);
        assertThat(run.result("rowsKept")).isEqualTo("50");
    }

    @Test
    void two_undos_that_take_the_same_column_keep_both_copies() {
        TestDatabase database = atVersion2();
        database.execute("UPDATE student SET mail = 'first'");
        Run first = Run.undo(database, Map.of("to", Map.of("app", "1")));
        database.flywayMigrate().execute("UPDATE student SET mail = 'second'");

        Run second = Run.undo(database, Map.of("to", Map.of("app", "1")));

        rolledBack(first);
        rolledBack(second);
        assertThat(database.ask("SELECT count(*) FROM belay_salvage.contents")).isEqualTo("2");
    }

    @Test
    void tables_of_one_name_in_two_schemas_are_both_copied() {
        TestDatabase database = TestDatabase.claim()
                .script("V1__a.sql", "CREATE SCHEMA x; CREATE SCHEMA y;")
                .script("V2__b.sql", "CREATE TABLE x.t (id int PRIMARY KEY); CREATE TABLE y.t (id int PRIMARY KEY);")
                .script("U2__b.sql", "DROP TABLE x.t; DROP TABLE y.t;")
                .flywayMigrate()
                .execute("INSERT INTO x.t VALUES (1)", "INSERT INTO y.t VALUES (2), (3)");

        Run run = Run.undo(database, Map.of("to", Map.of("app", "1")));

        rolledBack(run);
        assertThat(database.ask("SELECT count(*) FROM belay_salvage.contents")).isEqualTo("2");
    }

    @Test
    void a_table_that_loses_a_column_with_each_version_has_a_copy_of_each() {
        TestDatabase database = atVersion2()
                .script("V3__phone.sql", "ALTER TABLE student ADD phone text")
                .script("U3__phone.sql", "ALTER TABLE student DROP phone")
                .flywayMigrate()
                .execute("UPDATE student SET mail = 'm', phone = 'p'");

        Run run = Run.undo(database, Map.of("to", Map.of("app", "1")));

        rolledBack(run);
        assertThat(
                        database.askAll(
                                "SELECT attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                                        + " WHERE c.relnamespace = 'belay_salvage'::regnamespace AND attnum = 2 AND relkind = 'r' AND relname <> 'contents' ORDER BY 1"))
                .containsExactly("mail", "phone");
    }

    @Test
    void an_undo_script_that_postgresql_cannot_read_is_refused_before_anything_is_copied() {
        TestDatabase database =
                atVersion2().script("U2__student.sql", "ALTER TABLE student DROP mail;\nALTER TABEL student RENAME x");

        Run run = Run.undo(database, Map.of("to", Map.of("app", "1")));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("script-invalid");
        assertThat(run.detail()).contains("U2__student.sql, line 2", "TABEL");
        assertThat(run.stepState("inspect")).isEqualTo("FAILED");
    }

    @Test
    void plain_flyway_understands_the_history_after_several_cycles() {
        TestDatabase database = atVersion2();
        for (int cycle = 0; cycle < 2; cycle++) {
            rolledBack(Run.undo(database, Map.of("to", Map.of("app", "1"))));
            assertThat(database.flyway().info().current().getVersion().getVersion())
                    .isEqualTo("1");
            assertThat(database.flyway().info().pending()).hasSize(1);
            database.flywayMigrate();
            assertThat(database.flyway().info().pending()).isEmpty();
            database.flyway().validate();
        }

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
    }

    @Test
    void modules_go_back_newest_first_in_the_reverse_order_of_their_dependencies() {
        TestDatabase database = TestDatabase.claim()
                .yaml("modules: [{name: core}, {name: shop, dependsOn: [core]}]")
                .file("core/V1__core.sql", "CREATE TABLE customer (id int PRIMARY KEY)")
                .file("core/U1__core.sql", "DROP TABLE customer")
                .file("shop/V1__shop.sql", "CREATE TABLE purchase (customer int REFERENCES customer)")
                .file("shop/U1__shop.sql", "DROP TABLE purchase")
                .file("shop/V2__more.sql", "ALTER TABLE purchase ADD amount int")
                .file("shop/U2__more.sql", "ALTER TABLE purchase DROP amount");
        Run forward = Run.migrate(database);
        assertThat(forward.outcome()).as(forward.toString()).isEqualTo("SUCCEEDED MIGRATED");

        Run run = Run.undo(database, Map.of());

        rolledBack(run);
        assertThat(run.results("scope")).containsExactlyInAnyOrder("core 1 → nothing", "shop 2 → nothing");
        assertThat(database.askAll("SELECT relname FROM pg_class WHERE relname IN ('customer', 'purchase')"))
                .isEmpty();
    }

    @Test
    void everything_goes_back_to_before_the_first_version() {
        TestDatabase database = atVersion2().script("U1__member.sql", "DROP TABLE member");

        Run run = Run.undo(database, Map.of("to", Map.of("app", "0")));

        rolledBack(run);
        assertThat(database.ask("SELECT to_regclass('member')")).isEqualTo("null");
        assertThat(database.askAll("SELECT count(*) FROM belay_salvage.contents"))
                .containsExactly("2");
    }

    @Test
    void a_version_without_undo_script_is_refused_with_advice() {
        TestDatabase database = atVersion2();

        Run run = Run.undo(database, Map.of("to", Map.of("app", "0")));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("not-reversible");
        assertThat(run.detail()).contains("V1__member.sql", "RESTORE");
    }

    @Test
    void without_a_migration_by_belay_it_asks_for_the_version() {
        Run run = Run.undo(atVersion2(), Map.of());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.detail()).contains("does not know what to take back", "\"to\"");
    }

    @Test
    void asked_again_it_says_that_nothing_is_to_do() {
        TestDatabase database = atVersion2();
        rolledBack(Run.undo(database, Map.of("to", Map.of("app", "1"))));

        Run run = Run.undo(database, Map.of("to", Map.of("app", "1")));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.step("inspect")).contains("nothing to do");
    }

    @Test
    void an_undo_that_fails_for_real_alone_changes_nothing() {
        TestDatabase database = atVersion2()
                .script(
                        "U2__student.sql",
                        "ALTER TABLE student ADD CONSTRAINT small CHECK (id < 100);\n"
                                + "ALTER TABLE student DROP mail; ALTER TABLE student RENAME TO member;"
                                + "ALTER TABLE member DROP CONSTRAINT small;");

        Run run = Run.start("rollbacks", database, Map.of("to", Map.of("app", "1")))
                .during("prove", () -> database.execute("INSERT INTO student VALUES (1000, 'late', 'x')"))
                .await();

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.detail()).contains("U2__student.sql, line 1", "\"small\"", "as it was before");
        assertThat(database.ask("SELECT count(*) FROM student")).isEqualTo("51");
        assertThat(database.ask("SELECT count(*) FROM pg_namespace WHERE nspname = 'belay_salvage'"))
                .isEqualTo("0");
    }

    @Test
    void what_a_baseline_took_for_applied_is_not_taken_back() {
        TestDatabase database = TestDatabase.claim()
                .execute("CREATE TABLE member (id int)")
                .yaml("modules: [{name: app, baseline: '1'}]")
                .script("V1__member.sql", "CREATE TABLE member (id int)")
                .script("U1__member.sql", "DROP TABLE member");
        database.flyway().baseline();

        Run run = Run.undo(database, Map.of("to", Map.of("app", "0")));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.detail()).contains("begins at the baseline 1", "RESTORE");
        assertThat(database.ask("SELECT to_regclass('member')")).isEqualTo("member");
    }

    @Test
    void a_dry_run_of_an_undo_changes_nothing() {
        TestDatabase database = atVersion2();

        Run run = Run.undo(database, Map.of("to", Map.of("app", "1"), "dryRun", true));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.stepState("undo")).isEqualTo("SKIPPED");
        assertThat(database.ask("SELECT count(*) FROM student")).isEqualTo("50");
    }

    private static void rolledBack(Run run) {
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED ROLLED_BACK");
    }

    private static TestDatabase project() {
        return TestDatabase.claim()
                .script(
                        "V1__member.sql",
                        "CREATE TABLE member (id int PRIMARY KEY, name text NOT NULL);"
                                + "INSERT INTO member SELECT i, 'member ' || i FROM generate_series(1, 50) i;");
    }

    private static TestDatabase withVersion2(TestDatabase database) {
        return database.script(
                        "V2__student.sql", "ALTER TABLE member RENAME TO student; ALTER TABLE student ADD mail text;")
                .script("U2__student.sql", "ALTER TABLE student DROP mail; ALTER TABLE student RENAME TO member;");
    }

    private static TestDatabase atVersion2() {
        return withVersion2(project()).flywayMigrate();
    }

    private static TestDatabase migratedToVersion2() {
        TestDatabase database = withVersion2(project().flywayMigrate());
        Run run = Run.migrate(database);
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        return database;
    }
}
