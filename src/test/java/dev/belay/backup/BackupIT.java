package dev.belay.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.scratch.Scratch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is a backup and what is none. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class BackupIT {

    private final Backups backups;
    private final Scratch scratch;

    BackupIT(Backups backups, Scratch scratch) {
        this.backups = backups;
        this.scratch = scratch;
    }

    @Test
    void a_backup_counts_when_its_restored_copy_is_equal() throws Exception {
        TestDatabase database = TestDatabase.claim()
                .execute(
                        "CREATE TABLE a (id int)", "INSERT INTO a SELECT generate_series(1, 100)", "CREATE TABLE b ()");

        Run run = Run.backUp(database);

        proven(run);
        assertThat(run.result("tables")).isEqualTo("2");
        assertThat(run.result("rows")).isEqualTo("100");
        assertThat(backups.lastProven(database.name()).orElseThrow().id()).hasToString(run.result("backup"));
        try (DatabaseAdmin admin = scratch.admin()) {
            assertThat(scratch.golden(admin, UUID.fromString(run.result("backup"))))
                    .isPresent();
        }
    }

    @Test
    void rows_written_during_the_dump_are_no_mismatch() {
        TestDatabase database = TestDatabase.claim()
                .execute("CREATE TABLE a (id serial PRIMARY KEY, b text)")
                .execute("INSERT INTO a (b) SELECT 'x' FROM generate_series(1, 20000)");
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger writes = new AtomicInteger();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                database.execute(
                        "INSERT INTO a (b) VALUES ('new')", "UPDATE a SET b = b || 'y' WHERE id = " + writes.get());
                writes.incrementAndGet();
            }
        });

        Run run = Run.backUp(database);
        done.set(true);
        writer.join();

        proven(run);
        assertThat(writes).hasPositiveValue();
    }

    @Test
    void a_digit_that_flips_on_the_way_to_the_disk_is_found_by_the_proof() {
        TestDatabase database = TestDatabase.claimNamed("flipping")
                .execute("CREATE TABLE fine (id int)", "INSERT INTO fine VALUES (1)")
                .execute("CREATE TABLE account (id int, amount int)", "INSERT INTO account VALUES (1, 4711)");

        Run run = Run.backUp(database);

        failed(run, "backup-not-proven");
        assertThat(run.detail()).contains("rows public.account differs").doesNotContain("public.fine");
        nothingLeft(run);
    }

    @Test
    void a_database_without_tables_is_no_backup() {
        Run run = Run.backUp(TestDatabase.claim());

        failed(run, "backup-not-proven");
        assertThat(run.detail()).contains("no table", "right database?");
        nothingLeft(run);
    }

    @Test
    void a_table_that_cannot_be_read_is_not_skipped() {
        TestDatabase database = TestDatabase.claimLimited()
                .execute("GRANT CREATE ON SCHEMA public TO PUBLIC", "CREATE TABLE hidden (id int)");

        Run run = Run.backUp(database);

        failed(run, "database-error");
        assertThat(run.detail()).contains("public.hidden", "permission denied");
        nothingLeft(run);
    }

    @Test
    void a_schema_that_dumps_but_does_not_restore_is_told_in_the_words_of_postgres() {
        TestDatabase database = TestDatabase.claim()
                .execute(
                        "CREATE FUNCTION inner_one(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
                        "CREATE FUNCTION outer_one(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT inner_one($1)'",
                        "CREATE TABLE a (id int, twice int GENERATED ALWAYS AS (outer_one(id)) STORED)",
                        "INSERT INTO a VALUES (1)");

        Run run = Run.backUp(database);

        failed(run, "tool-failed");
        assertThat(run.detail()).contains("function inner_one(integer) does not exist");
        nothingLeft(run);
    }

    @Test
    void ddl_during_the_dump_is_survived_or_told() {
        TestDatabase database = TestDatabase.claim().execute("CREATE TABLE a (id int)", "INSERT INTO a VALUES (1)");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> ddl = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                database.execute("CREATE TABLE passing (id int)", "DROP TABLE passing");
            }
        });

        Run run = Run.backUp(database);
        done.set(true);
        ddl.join();

        if (run.state().equals("FAILED")) {
            assertThat(run.problem()).as(run.toString()).isIn("tool-failed", "backup-not-proven", "database-error");
            nothingLeft(run);
        } else {
            proven(run);
        }
    }

    @Test
    void names_that_are_hard_to_quote_go_all_the_way() {
        for (String name : TestDatabasesResource.oddNames()) {
            TestDatabase database = TestDatabase.claimNamed(name)
                    .execute(
                            "CREATE TABLE \"a\"\"b'c\nünï\" (\"-rf\" int PRIMARY KEY, \"%s $1 \\\" text)",
                            "INSERT INTO \"a\"\"b'c\nünï\" VALUES (1, E'\\\\.'), (2, NULL)")
                    .yaml("modules: [{name: app, baseline: '0'}]")
                    .script("V1__more.sql", "ALTER TABLE \"a\"\"b'c\nünï\" ADD \"über\"\"x\" int")
                    .script("U1__more.sql", "ALTER TABLE \"a\"\"b'c\nünï\" DROP \"über\"\"x\"");

            proven(Run.backUp(database));
            Run forward = Run.migrate(database);
            database.execute("UPDATE \"a\"\"b'c\nünï\" SET \"über\"\"x\" = 1");
            Run back = Run.undo(database, Map.of());
            Run restored = Run.restore(database, Map.of("acceptLoss", true));

            assertThat(forward.outcome()).as(forward.toString()).isEqualTo("SUCCEEDED MIGRATED");
            assertThat(back.outcome()).as(back.toString()).isEqualTo("SUCCEEDED ROLLED_BACK");
            assertThat(restored.outcome()).as(restored.toString()).isEqualTo("SUCCEEDED RESTORED");
            assertThat(database.ask("SELECT count(*) FROM \"a\"\"b'c\nünï\"")).isEqualTo("2");
        }
    }

    private void nothingLeft(Run run) {
        assertThat(TestDatabase.askAll(
                        scratch.server().address().maintenance(),
                        "SELECT datname FROM pg_database WHERE datname LIKE '%"
                                + run.id().replace("-", "") + "'"))
                .isEmpty();
        String backup = run.result("backup");
        if (backup != null) {
            assertThat(backups.finalFolder(UUID.fromString(backup))).doesNotExist();
            assertThat(Files.exists(backups.partialFolder(UUID.fromString(backup))))
                    .isFalse();
        }
    }

    private static void proven(Run run) {
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.result("proven")).isEqualTo("true");
    }

    private static void failed(Run run, String problem) {
        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).as(run.toString()).isEqualTo(problem);
    }
}
