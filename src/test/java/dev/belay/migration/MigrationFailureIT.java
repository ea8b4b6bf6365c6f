package dev.belay.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What goes wrong in the rehearsal, and what goes right there and wrong for real. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class MigrationFailureIT {

    private static final String INVALID_INDEXES =
            "SELECT count(*) FROM pg_index WHERE NOT indisvalid AND indexrelid >= 16384";

    @Test
    void all_syntax_errors_are_told_with_file_and_line_before_anything_runs() {
        TestDatabase database = atVersion1()
                .script("V2__b.sql", "CREATE TABLE b (id int);\n\n-- now\nALTER TALBE b ADD x int;\n")
                .script("U2__b.sql", "DROP TABLE b;\nDROP TABEL a")
                .script("R__c.sql", "CREATE OR REPLACE VIEW v AS\nSELCT 'secret'");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("script-invalid");
        assertThat(run.detail())
                .contains("V2__b.sql, line 4", "TALBE", "ALTER TALBE b ADD x int")
                .contains("U2__b.sql, line 2", "TABEL", "R__c.sql, line 2", "SELCT")
                .doesNotContain("secret");
        assertThat(run.stepState("inspect")).isEqualTo("FAILED");
        unchanged(database);
    }

    @Test
    void an_undo_that_forgets_something_is_found_in_rehearsal() {
        TestDatabase database = atVersion1()
                .script("V2__b.sql", "ALTER TABLE member ADD mail text; ALTER TABLE member ADD phone text")
                .script("U2__b.sql", "ALTER TABLE member DROP mail");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("not-reversible");
        assertThat(run.detail()).contains("phone", "found on a copy");
        unchanged(database);
    }

    @Test
    void an_undo_that_loses_values_is_found_in_rehearsal() {
        TestDatabase database = atVersion1()
                .script("V2__b.sql", "ALTER TABLE member DROP name")
                .script(
                        "U2__b.sql",
                        "ALTER TABLE member ADD name text NOT NULL DEFAULT ''; "
                                + "ALTER TABLE member ALTER name DROP DEFAULT");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("not-reversible");
        assertThat(run.detail()).contains("rows public.member");
        unchanged(database);
    }

    @Test
    void what_fails_for_real_alone_is_rolled_back_whole() {
        TestDatabase database = atVersion1()
                .script("V2__b.sql", "CREATE TABLE b (id int)")
                .script("V3__unique.sql", "ALTER TABLE member ADD CONSTRAINT one_name UNIQUE (name)");

        Run run = Run.migrateWhile(
                database, "prove", () -> database.execute("INSERT INTO member VALUES (51, 'member 1')"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("migration-failed");
        assertThat(run.detail())
                .contains("V3__unique.sql, line 1", "could not create unique index", "as it was before")
                .doesNotContain("member 1");
        assertThat(database.ask("SELECT count(*) FROM member")).isEqualTo("51");
        unchanged(database);
    }

    @Test
    void rows_deleted_where_the_rehearsal_deleted_none_are_brought_back() {
        TestDatabase database = atVersion1().script("V2__clean.sql", "DELETE FROM member WHERE name LIKE 'odd%'");

        Run run = Run.migrateWhile(
                database, "prove", () -> database.execute("INSERT INTO member VALUES (51, 'odd one')"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("verification-failed");
        assertThat(run.detail()).contains("deleted rows where it deleted none", "member=1", "as it was before");
        assertThat(database.ask("SELECT count(*) FROM member")).isEqualTo("51");
        unchanged(database);
    }

    @Test
    void a_schema_that_changes_after_the_backup_is_not_migrated() {
        TestDatabase database = atVersion1().script("V2__b.sql", "CREATE TABLE b (id int)");

        Run run = Run.migrateWhile(database, "prove", () -> database.execute("ALTER TABLE member ADD by_hand int"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("schema-drifted");
        assertThat(run.detail()).contains("by_hand");
        unchanged(database);
    }

    @Test
    void an_index_is_built_concurrently() {
        TestDatabase database = atVersion1()
                .script("V2__index.sql", "-- without a lock\nCREATE INDEX CONCURRENTLY by_name ON member (name);")
                .script("U2__index.sql", "DROP INDEX CONCURRENTLY by_name;");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.result("reversible")).isEqualTo("true");
        assertThat(database.ask(INVALID_INDEXES)).isEqualTo("0");
    }

    @Test
    void a_failed_concurrent_index_leaves_nothing_behind() {
        TestDatabase database =
                atVersion1().script("V2__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY by_name ON member (name)");

        Run run = Run.migrateWhile(
                database, "prove", () -> database.execute("INSERT INTO member VALUES (51, 'member 1')"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("migration-failed");
        assertThat(database.ask(INVALID_INDEXES)).isEqualTo("0");
        assertThat(database.askAll("SELECT version FROM flyway_schema_history")).containsExactly("1");
        unchanged(database);
    }

    @Test
    void what_is_half_done_outside_a_transaction_is_told_exactly() {
        TestDatabase database = atVersion1()
                .script(
                        "V2__b.sql",
                        "ALTER TABLE member ADD mail text;\n"
                                + "CREATE UNIQUE INDEX CONCURRENTLY by_name ON member (name);")
                .script("V2__b.sql.conf", "executeInTransaction=false");

        Run run = Run.migrateWhile(
                database, "prove", () -> database.execute("INSERT INTO member VALUES (51, 'member 1')"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED INDETERMINATE");
        assertThat(run.detail())
                .contains(
                        "V2__b.sql, line 2", "Failed half-way: V2__b.sql", "public.member.mail", "restores the backup");
        assertThat(database.ask(INVALID_INDEXES)).isEqualTo("0");
    }

    @Test
    void an_index_is_rebuilt_concurrently() {
        TestDatabase database = atVersion1().script("V2__index.sql", "REINDEX (VERBOSE) TABLE CONCURRENTLY member;");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
    }

    @Test
    void a_partition_is_detached_concurrently() {
        TestDatabase database = TestDatabase.claim()
                .script(
                        "V1__p.sql",
                        "CREATE TABLE p (id int) PARTITION BY LIST (id);"
                                + "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); INSERT INTO p VALUES (1);")
                .flywayMigrate()
                .script("V2__detach.sql", "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(database.ask("SELECT relispartition FROM pg_class WHERE relname = 'p1'"))
                .isEqualTo("f");
        assertThat(database.ask("SELECT count(*) FROM p1")).isEqualTo("1");
    }

    private static void unchanged(TestDatabase database) {
        assertThat(database.askAll("SELECT version FROM flyway_schema_history WHERE success"))
                .containsExactly("1");
        assertThat(database.askAll("SELECT attname FROM pg_attribute WHERE attrelid = 'member'::regclass AND attnum > 0"
                        + " AND NOT attisdropped AND attname <> 'by_hand'"))
                .containsExactly("id", "name");
        assertThat(database.askAll("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                        + " AND relkind IN ('r', 'v') AND relname NOT IN ('member', 'flyway_schema_history')"))
                .isEmpty();
    }

    private static TestDatabase atVersion1() {
        return TestDatabase.claim()
                .script(
                        "V1__member.sql",
                        "CREATE TABLE member (id int PRIMARY KEY, name text NOT NULL);"
                                + "INSERT INTO member SELECT i, 'member ' || i FROM generate_series(1, 50) i;")
                .flywayMigrate();
    }
}
