package dev.belay.byhand;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The scripts beside a backup, run as a person would: Belay has no part in it. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ByHandIT {

    private static final String SUBSCRIPTION = "SELECT subname || ' ' || subenabled FROM pg_subscription s"
            + " JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database()";

    @Test
    void rollback_sh_leads_back_once_and_copies_what_goes_away() throws Exception {
        TestDatabase database = atVersion1();
        Fingerprint before = fingerprint(database);
        Run run = migrate(database);
        database.execute(
                "UPDATE student SET mail = 'seven@example.org' WHERE id = 7", "INSERT INTO grade VALUES (7, 1)");

        Fingerprint migrated = fingerprint(database);
        Script rollback = Script.of(run, "rollback");

        Script.Said looked = rollback.run(database);

        assertThat(looked.exit()).as(looked.toString()).isZero();
        assertThat(looked.out())
                .contains("app 3: applied; copied to belay_salvage first: public.grade", "app 2: applied");
        assertThat(migrated.differences(fingerprint(database))).isEmpty();

        database.execute(
                "CREATE TABLE more (id int)",
                "INSERT INTO flyway_schema_history SELECT 99, '4', description, type, script, checksum, installed_by,"
                        + " installed_on, execution_time, true FROM flyway_schema_history WHERE version = '3'");
        Script.Said tooEarly = rollback.run(database, "--yes");

        assertThat(tooEarly.exit()).as(tooEarly.toString()).isEqualTo(1);
        assertThat(tooEarly.err()).contains("Newer versions are applied (4)");
        database.execute("DROP TABLE more", "DELETE FROM flyway_schema_history WHERE version = '4'");
        assertThat(migrated.differences(fingerprint(database))).isEmpty();

        Script.Said done = rollback.run(database, "--yes");
        Script.Said again = rollback.run(database, "--yes");

        assertThat(done.exit()).as(done.toString()).isZero();
        assertThat(again.exit()).as(again.toString()).isEqualTo(1);
        assertThat(again.err()).contains("none of them is applied");
        assertThat(before.differences(fingerprint(database))).isEmpty();
        assertThat(salvaged(database, "2_student", "id || ' ' || mail")).contains("7 seven@example.org");
        assertThat(salvaged(database, "1_grade", "student || ' ' || mark")).containsExactly("7 1");
        assertThat(database.flyway().info().current().getVersion().getVersion()).isEqualTo("1");
        database.flywayMigrate().flyway().validate();
    }

    @Test
    void an_undo_that_cannot_be_in_a_transaction_is_run_too() throws Exception {
        TestDatabase database = TestDatabase.claim()
                .script("V1__a.sql", "CREATE TABLE a (id int PRIMARY KEY, b int)")
                .flywayMigrate()
                .script("V2__index.sql", "ALTER TABLE a ADD c int; CREATE INDEX a_b ON a (b)")
                .script("U2__index.sql", "DROP INDEX CONCURRENTLY a_b; ALTER TABLE a DROP c -- no longer");
        Fingerprint before = fingerprint(database);
        Script.Said said = Script.of(migrate(database.execute("INSERT INTO a VALUES (1, 2)")), "rollback")
                .run(database.execute("DELETE FROM a"), "--yes");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(before.differences(fingerprint(database))).isEmpty();
    }

    @Test
    void without_undo_scripts_rollback_sh_points_to_the_other() throws Exception {
        TestDatabase database = TestDatabase.claim()
                .script("V1__a.sql", "CREATE TABLE a (id int, EXCLUDE (id WITH =))")
                .script("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM a");

        Script.Said said = Script.of(migrate(database), "rollback").run(database, "--yes");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("./restore.sh");
    }

    @Test
    void restore_sh_puts_the_backup_in_place_and_keeps_what_was_there() throws Exception {
        TestDatabase database = atVersion1();
        giveWhatNoDumpCarries(database);
        Fingerprint before = fingerprint(database);
        List<String> attributes = database.attributes();
        Run run = migrate(database);
        database.execute("INSERT INTO student VALUES (99, 'late')");
        Script restore = Script.of(run, "restore");

        Script.Said looked = restore.run(database);
        List<String> names = databases(database);
        Script.Said broken = restore.changed("ALTER DATABASE :\"restored\" RENAME", "ALTER DATABASE nothing RENAME")
                .run(database, "--yes");
        String enabledAgain = database.ask(SUBSCRIPTION);
        Script.Said done = restore.run(database, "--yes");

        assertThat(looked.exit()).as(looked.toString()).isZero();
        assertThat(names).containsExactly(database.name());
        assertThat(broken.exit()).as(broken.toString()).isNotZero();
        assertThat(broken.err()).contains("is opened again");
        assertThat(enabledAgain).isEqualTo("feed true");
        assertThat(done.exit()).as(done.toString()).isZero();
        assertThat(done.out()).contains("These subscriptions are disabled: feed");
        assertThat(database.ask(SUBSCRIPTION)).isEqualTo("feed false");
        assertThat(before.differences(fingerprint(database))).isEmpty();
        assertThat(database.attributes()).isEqualTo(attributes).hasSize(4);
        String kept = databases(database).stream()
                .filter(found -> found.contains("_before_restore_"))
                .findFirst()
                .orElseThrow();
        database.executeOnServer("ALTER DATABASE " + kept + " ALLOW_CONNECTIONS true");
        assertThat(TestDatabase.askAll(
                        database.address().server().database(kept), "SELECT name FROM student WHERE id = 99"))
                .containsExactly("late");
    }

    @Test
    void restore_sh_stops_at_what_is_not_as_it_was_backed_up() throws Exception {
        TestDatabase database = atVersion1();
        Script restore = Script.of(migrate(database), "restore");
        Path rows = restore.folder().resolve("rows.sql");
        Files.writeString(rows, Files.readString(rows).replace("'public.member', 50", "'public.member', 51"));
        Script.Said others = restore.run(database, "--yes");
        Path extra = Files.writeString(restore.archive().resolve("extra"), "x");
        Script.Said tooMany = restore.run(database, "--yes");
        Files.delete(extra);
        Files.writeString(restore.archive().resolve("toc.dat.zst"), "broken");
        Script.Said damaged = restore.run(database, "--yes");

        assertThat(others.err()).contains("public.member has 50 rows instead of 51");
        assertThat(tooMany.err()).contains("files, and should have");
        assertThat(damaged.err()).contains("the archive is damaged");
        assertThat(database.ask("SELECT count(*) FROM student")).isEqualTo("50");
    }

    @Test
    void names_that_are_hard_to_write_down_are_only_names() throws Exception {
        TestDatabase database = TestDatabase.claimNamed("handmade")
                .yaml("modules: [{name: app, schema: \"-rf $(touch pwned) 'x'\"}]")
                .execute("CREATE SCHEMA \"-rf $(touch pwned) 'x'\"")
                .script("V1__a.sql", "CREATE TABLE \"a\"\"b\n`c`\" (\"-rf\" int PRIMARY KEY, \"$belay$\" text)");
        migrate(database);
        database.execute("INSERT INTO \"-rf $(touch pwned) 'x'\".\"a\"\"b\n`c`\" VALUES (1, 'one')");
        Fingerprint before = fingerprint(database);
        database.script(
                        "V2__b.sql",
                        "ALTER TABLE \"a\"\"b\n`c`\" ADD \"ünï :'tag' \\ 'c'\n%s\" text;"
                                + "CREATE TABLE \"it's $belay$ \\ @live@\" (a int)")
                .script(
                        "U2__b.sql",
                        "ALTER TABLE \"a\"\"b\n`c`\" DROP \"ünï :'tag' \\ 'c'\n%s\";"
                                + "DROP TABLE \"it's $belay$ \\ @live@\"");
        Run run = migrate(database);
        database.execute(
                "UPDATE \"-rf $(touch pwned) 'x'\".\"a\"\"b\n`c`\" SET \"ünï :'tag' \\ 'c'\n%s\" = 'kept'",
                "INSERT INTO \"-rf $(touch pwned) 'x'\".\"it's $belay$ \\ @live@\" VALUES (7)");

        Script.Said rolledBack = Script.of(run, "rollback").run(database, "--yes");

        assertThat(shellcheck(run)).isEmpty();
        assertThat(rolledBack.exit()).as(rolledBack.toString()).isZero();
        assertThat(before.differences(fingerprint(database))).isEmpty();
        assertThat(database.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'belay_salvage'"))
                .isEqualTo("2");
        Script.Said restored = Script.of(run, "restore").run(database, "--yes");
        assertThat(restored.exit()).as(restored.toString()).isZero();
        assertThat(before.differences(fingerprint(database))).isEmpty();
        assertThat(Script.of(run, "restore").folder().resolve("pwned")).doesNotExist();
    }

    /** Where it is installed. It minds names that look as if something in them should be expanded. */
    private static List<String> shellcheck(Run run) throws IOException {
        Path tool = Path.of("/usr/bin/shellcheck");
        List<String> found = new ArrayList<>();
        for (String name : Files.exists(tool) ? List.of("rollback", "restore") : List.<String>of()) {
            Process process = new ProcessBuilder(
                            tool.toString(),
                            "--exclude=SC2016",
                            Script.of(run, name).file().toString())
                    .redirectErrorStream(true)
                    .start();
            new String(process.getInputStream().readAllBytes(), UTF_8).lines().forEach(found::add);
        }
        return found;
    }

    private static TestDatabase atVersion1() {
        return TestDatabase.claim()
                .script(
                        "V1__member.sql",
                        "CREATE TABLE member (id int PRIMARY KEY, name text NOT NULL);"
                                + "INSERT INTO member SELECT i, 'member ' || i FROM generate_series(1, 50) i;")
                .flywayMigrate()
                .script("V2__student.sql", "ALTER TABLE member RENAME TO student; ALTER TABLE student ADD mail text")
                .script("U2__student.sql", "ALTER TABLE student DROP mail; ALTER TABLE student RENAME TO member")
                .script("V3__grade.sql", "CREATE TABLE grade (student int REFERENCES student, mark int)")
                .script("U3__grade.sql", "DROP TABLE grade");
    }

    private static void giveWhatNoDumpCarries(TestDatabase database) {
        database.execute(
                "CREATE SCHEMA tools; CREATE EXTENSION pg_trgm SCHEMA tools VERSION '1.5'",
                "CREATE SUBSCRIPTION feed CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p WITH (connect = false)",
                "ALTER SUBSCRIPTION feed ENABLE");
        String name = database.address().name();
        database.executeOnServer(
                "DROP ROLE IF EXISTS byhand_owner, byhand_reader",
                "CREATE ROLE byhand_owner",
                "CREATE ROLE byhand_reader",
                "ALTER DATABASE " + name + " OWNER TO byhand_owner",
                "REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC",
                "GRANT CONNECT ON DATABASE " + name + " TO byhand_reader WITH GRANT OPTION",
                "ALTER DATABASE " + name + " CONNECTION LIMIT 33",
                "COMMENT ON DATABASE " + name + " IS 'the one that''s ours'",
                "ALTER DATABASE " + name + " SET search_path = 'public', \"odd Schema\"",
                "ALTER ROLE byhand_reader IN DATABASE " + name + " SET statement_timeout = '7s'");
    }

    private static Run migrate(TestDatabase database) {
        Run run = Run.migrate(database, Map.of());
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        return run;
    }

    private static Fingerprint fingerprint(TestDatabase database) {
        DatabaseAddress address = database.address();
        return Fingerprinter.take(address, null, 1, Monitor.none())
                .asDumped()
                .withoutSchema("belay_salvage")
                .withoutTables(table -> table.contains("flyway_schema_history"));
    }

    private static List<String> salvaged(TestDatabase database, String suffix, String columns) {
        String copy = database.ask("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                + " WHERE schemaname = 'belay_salvage' AND tablename LIKE '%" + suffix + "'");
        return database.askAll("SELECT " + columns + " FROM " + copy);
    }

    private static List<String> databases(TestDatabase database) {
        return TestDatabase.askAll(
                database.address().server().maintenance(),
                "SELECT datname FROM pg_database WHERE datname ~ '^" + database.name() + "(_|$)' ORDER BY 1");
    }
}
