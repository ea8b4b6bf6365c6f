package dev.belay.restore;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import dev.belay.postgres.DatabaseAddress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The way back by restoring a backup beside the database and swapping names. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class RestoreIT {

    @Test
    void a_database_goes_back_to_before_its_migration_and_is_kept_as_it_was() {
        TestDatabase database = migrated();

        Run run = Run.restore(database, Map.of());

        restored(run);
        assertThat(database.ask("SELECT count(*) FROM member")).isEqualTo("50");
        assertThat(run.step("swap")).containsPattern("kept out for \\d+ ms");
        DatabaseAddress kept = reopened(database, run.result("keptAs"));
        assertThat(TestDatabase.askAll(kept, "SELECT count(*) FROM student")).containsExactly("50");
    }

    @Test
    void rows_written_since_are_carried_under_their_old_names() {
        TestDatabase database = migrated();
        database.execute(
                "INSERT INTO student SELECT i, 'new' FROM generate_series(101, 103) i",
                "UPDATE student SET name = 'changed' WHERE id = 1",
                "DELETE FROM student WHERE id IN (2, 3)");

        Run run = Run.restore(database, Map.of());

        restored(run);
        assertThat(database.askAll("SELECT id || ' ' || name FROM member WHERE id < 5 OR id > 100 ORDER BY id"))
                .containsExactly("1 changed", "4 member 4", "101 new", "102 new", "103 new");
        assertThat(run.step("salvage")).contains("public.student: 3 inserted, 1 updated, 2 deleted");
        assertThat(given().get(run.path() + "/salvage").jsonPath().getInt("tables[0].inserted"))
                .isEqualTo(3);
    }

    @Test
    void whatever_an_application_was_told_is_written_is_there_afterwards() throws Exception {
        TestDatabase database = migrated();
        RestlessWriter writer = RestlessWriter.start(database, "INSERT INTO student VALUES (?, 'restless')");

        Run run = Run.restore(database, Map.of());

        List<Integer> written = writer.stop();
        restored(run);
        List<String> found = database.askAll("SELECT id FROM member WHERE name = 'restless' ORDER BY id");
        assertThat(written).hasSizeGreaterThan(20);
        assertThat(found).containsAll(written.stream().map(String::valueOf).toList());
        assertThat(Integer.parseInt(run.result("outageMillis"))).isLessThan(5000);
    }

    @Test
    void what_cannot_be_carried_is_refused_unless_it_is_accepted() {
        TestDatabase database = migrated();
        database.execute("SELECT lo_from_bytea(0, 'written since')");

        Run refused = Run.restore(database, Map.of());
        Run accepted = Run.restore(database, Map.of("acceptLoss", true));

        assertThat(refused.outcome()).as(refused.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(refused.problem()).isEqualTo("loss-not-accepted");
        assertThat(refused.detail()).contains("large objects", "acceptLoss");
        restored(accepted);
        DatabaseAddress kept = reopened(database, accepted.result("keptAs"));
        assertThat(TestDatabase.askAll(kept, "SELECT count(*) FROM pg_largeobject_metadata"))
                .containsExactly("1");
    }

    @Test
    void when_nobody_can_tell_what_applications_wrote_it_is_refused_unless_that_is_accepted() {
        TestDatabase database = migrated();
        String backup = Run.backUp(database).result("backup");
        database.script("V3__c.sql", "ALTER TABLE student ADD c int")
                .flywayMigrate()
                .script("V3__c.sql", "ALTER TABLE nothing ADD c int");

        Run refused = Run.restore(database, Map.of("backup", backup));
        Run accepted = Run.restore(database, Map.of("backup", backup, "acceptLoss", true));

        assertThat(refused.outcome()).as(refused.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(refused.problem()).isEqualTo("loss-not-accepted");
        assertThat(refused.detail()).contains("cannot be run again", "V3__c.sql");
        restored(accepted);
        assertThat(accepted.results("leftBehind")).containsExactly("all that applications wrote since the backup");
    }

    @Test
    void a_restore_that_fails_leaves_nothing_behind() {
        TestDatabase database = migrated();
        database.execute("SELECT lo_from_bytea(0, 'written since')");

        Run.restore(database, Map.of());

        assertThat(TestDatabase.askAll(
                        database.address().server().maintenance(),
                        "SELECT datname FROM pg_database WHERE datname LIKE '" + database.name() + "\\_%'"))
                .isEmpty();
        assertThat(database.ask("SELECT count(*) FROM student")).isEqualTo("50");
    }

    @Test
    void what_the_migration_itself_writes_anew_each_time_is_nobodys_loss() {
        TestDatabase database = TestDatabase.claim()
                .script("V1__member.sql", "CREATE TABLE member (id int PRIMARY KEY, name text)")
                .flywayMigrate()
                .execute("INSERT INTO member SELECT i, 'member ' || i FROM generate_series(1, 50) i")
                .script(
                        "V2__stamps.sql",
                        "ALTER TABLE member ADD joined timestamptz DEFAULT clock_timestamp(),"
                                + " ADD token text DEFAULT md5(random()::text);"
                                + "CREATE TABLE applied (name text, at timestamptz); INSERT INTO applied VALUES ('v2', now());");
        Run forward = Run.migrate(database);
        assertThat(forward.outcome()).as(forward.toString()).isEqualTo("SUCCEEDED MIGRATED");

        Run run = Run.restore(database, Map.of());

        restored(run);
    }

    @Test
    void what_applications_write_beside_such_columns_is_carried() {
        TestDatabase database = TestDatabase.claim()
                .script("V1__member.sql", "CREATE TABLE member (id int PRIMARY KEY, name text)")
                .flywayMigrate()
                .execute("INSERT INTO member SELECT i, 'member ' || i FROM generate_series(1, 50) i")
                .script("V2__stamps.sql", "ALTER TABLE member ADD joined timestamptz DEFAULT clock_timestamp()");
        Run forward = Run.migrate(database);
        assertThat(forward.outcome()).as(forward.toString()).isEqualTo("SUCCEEDED MIGRATED");
        database.execute("UPDATE member SET name = 'changed' WHERE id < 3");

        Run run = Run.restore(database, Map.of());

        restored(run);
        assertThat(database.ask("SELECT count(*) FROM member WHERE name = 'changed'"))
                .isEqualTo("2");
        assertThat(given().get(run.path() + "/salvage").jsonPath().getList("notCompared", String.class))
                .containsExactly("public.member (joined)");
    }

    @Test
    void what_several_migrations_have_done_since_is_told_from_what_applications_wrote() {
        TestDatabase database = migrated();
        String backup = Run.backUp(database).result("backup");
        database.execute("INSERT INTO student VALUES (101, 'between')");
        database.script("V3__c.sql", "ALTER TABLE student RENAME name TO full_name");
        assertThat(Run.migrate(database).outcome()).isEqualTo("SUCCEEDED MIGRATED");
        database.script("V4__d.sql", "ALTER TABLE student ADD class text; ALTER TABLE student RENAME TO pupil");
        assertThat(Run.migrate(database).outcome()).isEqualTo("SUCCEEDED MIGRATED");
        database.execute("INSERT INTO pupil VALUES (102, 'after', '7b')");

        Run run = Run.restore(database, Map.of("backup", backup));

        restored(run);
        assertThat(database.askAll("SELECT id || ' ' || name FROM student WHERE id > 100 ORDER BY id"))
                .containsExactly("101 between", "102 after");
        String kept = database.ask("SELECT name FROM belay_salvage.contents");
        assertThat(database.ask("SELECT class || ': ' || belay_reason FROM belay_salvage.\"" + kept + "\""))
                .isEqualTo("7b: no place for: class");
    }

    @Test
    void a_logical_slot_stands_in_the_way() {
        TestDatabase database = migrated();
        database.execute("SELECT pg_create_logical_replication_slot('belay_test_slot', 'test_decoding')");
        try {
            Run run = Run.restore(database, Map.of());

            assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
            assertThat(run.problem()).isEqualTo("preflight-refused");
            assertThat(run.detail()).contains("belay_test_slot", "UNDO");
        } finally {
            database.execute("SELECT pg_drop_replication_slot('belay_test_slot')");
        }
    }

    @Test
    void a_restore_works_without_the_rights_of_a_superuser() {
        TestDatabase database = TestDatabase.claimLimited().script("V1__a.sql", "CREATE TABLE a (id int PRIMARY KEY)");
        Run first = Run.migrate(database);
        assertThat(first.outcome()).as(first.toString()).isEqualTo("SUCCEEDED MIGRATED");
        database.script("V2__b.sql", "ALTER TABLE a ADD b int");
        Run second = Run.migrate(database);
        assertThat(second.outcome()).as(second.toString()).isEqualTo("SUCCEEDED MIGRATED");

        Run run = Run.restore(database, Map.of());

        restored(run);
        assertThat(database.ask("SELECT tableowner FROM pg_tables WHERE tablename = 'a'"))
                .isEqualTo("belay_limited");
    }

    @Test
    void a_database_that_belay_has_not_migrated_needs_the_backup_named() {
        TestDatabase database = TestDatabase.claim().execute("CREATE TABLE a (id int); INSERT INTO a VALUES (1)");
        Run unnamed = Run.restore(database, Map.of());
        String backup = Run.backUp(database).result("backup");
        database.execute("ALTER TABLE a ADD b int");

        Run named = Run.restore(database, Map.of("backup", backup));

        assertThat(unnamed.detail()).contains("does not know which backup");
        restored(named);
        assertThat(named.result("rowsKept")).isEqualTo("1");
    }

    @Test
    void the_backup_of_another_database_is_not_found() {
        TestDatabase database = TestDatabase.claim().execute("CREATE TABLE a (id int)");
        String backup = Run.backUp(database).result("backup");

        Run run = Run.restore(TestDatabase.claim(), Map.of("backup", backup));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("not-found");
    }

    @Test
    void a_dry_run_says_what_would_be_carried_and_changes_nothing() {
        TestDatabase database = migrated();
        database.execute("INSERT INTO student VALUES (101, 'new')");

        Run run = Run.restore(database, Map.of("dryRun", true));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.step("salvage")).contains("student: 1 inserted, 0 updated, 0 deleted");
        assertThat(run.result("rowsCarried")).isEqualTo("1");
        assertThat(run.result("expectedOutageMillis")).matches("\\d+");
        assertThat(database.ask("SELECT count(*) FROM student")).isEqualTo("51");
    }

    private static DatabaseAddress reopened(TestDatabase database, String kept) {
        database.executeOnServer("ALTER DATABASE \"" + kept + "\" ALLOW_CONNECTIONS true");
        return database.address().server().database(kept);
    }

    private static void restored(Run run) {
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED RESTORED");
    }

    private static TestDatabase migrated() {
        TestDatabase database = TestDatabase.claim()
                .script(
                        "V1__member.sql",
                        "CREATE TABLE member (id int PRIMARY KEY, name text NOT NULL);"
                                + "INSERT INTO member SELECT i, 'member ' || i FROM generate_series(1, 50) i;")
                .flywayMigrate()
                .script("V2__student.sql", "ALTER TABLE member RENAME TO student");
        Run run = Run.migrate(database);
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        return database;
    }
}
