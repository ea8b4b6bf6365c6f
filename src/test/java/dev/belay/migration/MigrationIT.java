package dev.belay.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class MigrationIT {

    private static final String V1 = "CREATE TABLE member (id int PRIMARY KEY, name text NOT NULL);\n"
            + "INSERT INTO member SELECT i, 'member ' || i FROM generate_series(1, 50) i;";
    private static final String V2 = "ALTER TABLE member RENAME TO student;\nALTER TABLE student ADD mail text;";
    private static final String U2 = "ALTER TABLE student DROP mail;\nALTER TABLE student RENAME TO member;";

    @Test
    void a_database_goes_to_its_newest_version_and_is_known_to_be_reversible() {
        TestDatabase database = atVersion1().script("V2__student.sql", V2).script("U2__student.sql", U2);

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.result("reversible")).isEqualTo("true");
        assertThat(run.results("scope")).containsExactly("app 1 → 2");
        assertThat(run.step("rehearse")).contains("reversible, same schema and rows");
        assertThat(database.ask("SELECT count(*) FROM student")).isEqualTo("50");
        assertThat(database.askAll("SELECT version FROM flyway_schema_history ORDER BY 1"))
                .containsExactly("1", "2");
    }

    @Test
    void without_a_way_back_it_goes_forward_only_and_says_so() {
        TestDatabase database = atVersion1().script("V2__student.sql", V2 + "; UPDATE student SET name = upper(name);");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.result("reversible")).isEqualTo("false");
        assertThat(run.step("inspect")).contains("no undo script for app 2");
        assertThat(run.step("rehearse")).contains("forward only").contains("the way back is a restore");
    }

    @Test
    void a_dry_run_ends_after_the_rehearsal_and_changes_nothing() {
        TestDatabase database = atVersion1().script("V2__student.sql", V2).script("U2__student.sql", U2);

        Run run = Run.migrate(database, Map.of("dryRun", true));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.stepState("rehearse")).isEqualTo("SUCCEEDED");
        assertThat(run.toString()).doesNotContain("\"apply\"");
        assertThat(database.ask("SELECT count(*) FROM member")).isEqualTo("50");
        assertThat(database.askAll("SELECT version FROM flyway_schema_history")).containsExactly("1");
    }

    @Test
    void it_goes_no_further_than_the_version_that_was_asked_for() {
        TestDatabase database = TestDatabase.claim()
                .script("V1__a.sql", "CREATE TABLE a (id int)")
                .script("V2__b.sql", "CREATE TABLE b (id int)")
                .script("V3__c.sql", "CREATE TABLE c (id int)");

        Run run = Run.migrate(database, Map.of("to", Map.of("app", "2")));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(database.ask("SELECT to_regclass('b')")).isEqualTo("b");
        assertThat(database.ask("SELECT to_regclass('c')")).isEqualTo("null");
    }

    @Test
    void asked_again_it_says_that_nothing_is_to_do() {
        TestDatabase database = atVersion1();

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.step("inspect")).contains("nothing to do");
        assertThat(run.stepState("back-up")).isEqualTo("SKIPPED");
    }

    @Test
    void modules_go_in_the_order_of_their_dependencies_with_a_history_each() {
        TestDatabase database = TestDatabase.claim()
                .yaml("""
                        modules:
                          - {name: shop, dependsOn: [core]}
                          - {name: core}
                        """)
                .file("core/V1__core.sql", "CREATE TABLE customer (id int PRIMARY KEY)")
                .file("core/U1__core.sql", "DROP TABLE customer")
                .file("shop/V1__shop.sql", "CREATE TABLE purchase (customer int REFERENCES customer)")
                .file("shop/U1__shop.sql", "DROP TABLE purchase");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.results("scope")).containsExactly("core nothing → 1", "shop nothing → 1");
        assertThat(run.result("reversible")).isEqualTo("true");
        assertThat(database.ask("SELECT count(*) FROM flyway_schema_history_core WHERE version = '1'"))
                .isEqualTo("1");
        assertThat(database.ask("SELECT count(*) FROM flyway_schema_history_shop WHERE version = '1'"))
                .isEqualTo("1");
    }

    @Test
    void a_repeatable_script_runs_again_when_its_text_changes() {
        TestDatabase database =
                atVersion1().script("R__names.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM member");
        Run first = Run.migrate(database);
        database.script("R__names.sql", "CREATE OR REPLACE VIEW v AS SELECT id, name FROM member");

        Run second = Run.migrate(database);

        assertThat(List.of(first.outcome(), second.outcome())).as("%s", second).containsOnly("SUCCEEDED MIGRATED");
        assertThat(second.result("reversible")).isEqualTo("false");
        assertThat(database.ask("SELECT name FROM v WHERE id = 7")).isEqualTo("member 7");
    }

    @Test
    void the_database_of_someone_who_used_flyway_alone_just_works() {
        TestDatabase database = TestDatabase.claim()
                .script("V1__a.sql", "CREATE TABLE a (id int)")
                .script("V1.1__b.sql", "CREATE TABLE b (id int)")
                .script("R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS one")
                .flywayMigrate()
                .script("V1.10__c.sql", "CREATE TABLE c (id int)");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.results("scope")).containsExactly("app 1.1 → 1.10");
        database.flyway().validate();
        assertThat(database.flyway().info().pending()).isEmpty();
    }

    @Test
    void a_run_uses_the_scripts_as_they_were_when_it_looked() {
        TestDatabase database = atVersion1().script("V2__right.sql", "CREATE TABLE right_one (id int)");

        Run run = Run.migrateWhile(
                database, "back-up", () -> database.script("V2__right.sql", "CREATE TABLE wrong_one (id int)"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(database.askAll(
                        "SELECT to_regclass('right_one') || '' UNION ALL SELECT to_regclass('wrong_one') || ''"))
                .containsExactly("right_one", "null");
    }

    @Test
    void commands_of_psql_in_a_script_are_not_executed() {
        TestDatabase database = atVersion1();
        Path touched = database.project().resolve("touched");
        database.script("V2__shell.sql", "CREATE TABLE b (id int);\n\\! touch " + touched + "\n");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("script-invalid");
        assertThat(touched).doesNotExist();
    }

    @Test
    void a_migration_works_without_the_rights_of_a_superuser() {
        TestDatabase database = TestDatabase.claimLimited()
                .script("V1__a.sql", "CREATE TABLE a (id int PRIMARY KEY)")
                .script("U1__a.sql", "DROP TABLE a");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(database.ask("SELECT tableowner FROM pg_tables WHERE tablename = 'a'"))
                .isEqualTo("belay_limited");
    }

    @Test
    void a_database_with_tables_begins_at_the_baseline_of_its_project() {
        TestDatabase database = TestDatabase.claim()
                .execute("CREATE TABLE member (id int)")
                .yaml("modules: [{name: app, baseline: '1'}]")
                .script("V1__member.sql", "CREATE TABLE member (id int)")
                .script("U1__member.sql", "DROP TABLE member")
                .script("V2__mail.sql", "ALTER TABLE member ADD mail text")
                .script("U2__mail.sql", "ALTER TABLE member DROP mail");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.results("scope")).containsExactly("app nothing → 2");
        assertThat(run.result("reversible")).isEqualTo("true");
        assertThat(database.askAll("SELECT version || ' ' || type FROM flyway_schema_history ORDER BY 1"))
                .containsExactly("1 BASELINE", "2 SQL");
    }

    private static TestDatabase atVersion1() {
        return TestDatabase.claim().script("V1__member.sql", V1).flywayMigrate();
    }
}
