package dev.belay.salvage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The three-way merge of what applications wrote with the backup, on real databases. */
class MergeIT {

    private static final String MEMBERS = """
            CREATE TABLE member (id int PRIMARY KEY, name text NOT NULL, town text);
            INSERT INTO member SELECT i, 'member ' || i, 'town ' || i % 3 FROM generate_series(1, 50) i;
            """;
    private static final String RENAME =
            "ALTER TABLE member RENAME TO student; ALTER TABLE student RENAME name TO full_name";

    @Test
    void rows_written_under_the_new_names_come_back_under_the_old_ones() {
        Scene scene = Scene.of(MEMBERS, RENAME)
                .write(
                        "INSERT INTO student VALUES (101, 'new', NULL)",
                        "UPDATE student SET full_name = 'changed' WHERE id = 1",
                        "DELETE FROM student WHERE id = 2");

        SalvageReport report = scene.carry();

        assertThat(scene.restored("SELECT id, name, town FROM member WHERE id IN (1, 2, 3, 101) ORDER BY id"))
                .containsExactly("1|changed|town 1", "3|member 3|town 0", "101|new|null");
        assertThat(report.tables())
                .containsExactly(new TableReport(
                        "public.student", "public.member", 1, 1, 1, Map.of(), null, List.of(), List.of()));
    }

    @Test
    void nothing_written_is_nothing_carried() {
        assertThat(Scene.of(MEMBERS, RENAME).carry()).isEqualTo(SalvageReport.NOTHING);
    }

    @Test
    void what_was_written_after_the_first_pass_is_carried_by_the_next() {
        Scene scene = Scene.of(MEMBERS, RENAME)
                .write("INSERT INTO student VALUES (101, 'new'), (102, 'new')", "DELETE FROM student WHERE id = 7");
        scene.carry();
        scene.write(
                "DELETE FROM student WHERE id = 101",
                "UPDATE student SET full_name = 'newer' WHERE id = 102",
                "INSERT INTO student VALUES (7, 'again', 'here'), (103, 'last', NULL)");

        scene.carry();

        assertThat(scene.restored("SELECT id, name, town FROM member WHERE id > 100 OR id = 7 ORDER BY id"))
                .containsExactly("7|again|here", "102|newer|null", "103|last|null");
        assertThat(scene.restored("SELECT count(*) FROM member")).containsExactly("52");
    }

    @Test
    void a_value_that_is_as_it_was_before_the_last_pass_is_taken_back_and_so_are_keys_that_are_gone() {
        Scene scene = Scene.of(MEMBERS, RENAME).write("UPDATE student SET town = 'x' WHERE id = 1");
        scene.carry();
        scene.write("INSERT INTO student VALUES (101, 'new', NULL)", "UPDATE student SET town = 'y' WHERE id = 2");
        scene.carry();
        assertThat(scene.restored("SELECT id, town FROM member WHERE id IN (1, 2, 101) ORDER BY id"))
                .containsExactly("1|x", "2|y", "101|null");
        scene.write(
                "UPDATE student SET town = 'town 2' WHERE id = 2",
                "DELETE FROM student WHERE id = 3",
                "UPDATE student SET id = 104 WHERE id = 4");

        scene.carry();

        assertThat(scene.restored("SELECT id, town FROM member WHERE id < 5 OR id > 100 ORDER BY id"))
                .containsExactly("1|x", "2|town 2", "101|null", "104|town 1");
    }

    @Test
    void a_merge_that_begins_again_takes_back_what_is_no_longer_so() {
        Scene scene = Scene.of(MEMBERS, RENAME)
                .write("INSERT INTO student VALUES (101, 'new')", "UPDATE student SET town = 'x' WHERE id = 1");
        scene.carry();
        scene.write("DELETE FROM student WHERE id = 101", "UPDATE student SET town = 'town 1' WHERE id = 1");

        scene.forget().carry();

        assertThat(scene.restored("SELECT count(*), max(id), count(*) FILTER (WHERE town = 'x') FROM member"))
                .containsExactly("50|50|0");
    }

    @Test
    void the_columns_of_one_row_are_merged_one_by_one() {
        Scene scene = Scene.of(MEMBERS, "UPDATE member SET town = upper(town)")
                .write(
                        "UPDATE member SET name = 'changed' WHERE id = 1",
                        "UPDATE member SET name = 'both', town = 'Mine' WHERE id = 2",
                        "INSERT INTO member VALUES (101, 'new', 'NEW TOWN')");

        SalvageReport report = scene.carry();

        assertThat(scene.restored("SELECT name, town FROM member WHERE id IN (1, 2, 101) ORDER BY id"))
                .containsExactly("changed|town 1", "both|town 2", "new|NEW TOWN");
        assertThat(scene.kept("id, town", "public.member"))
                .containsExactly("2|Mine|changed by the migration too: town");
        assertThat(report.tables().get(0).rewritten()).containsExactly("town");
    }

    @Test
    void values_in_columns_that_the_migration_added_are_kept_beside() {
        Scene scene = Scene.of(MEMBERS, "ALTER TABLE member ADD phone text, ADD joined timestamptz DEFAULT now()")
                .write(
                        "UPDATE member SET phone = '1' WHERE id = 1",
                        "INSERT INTO member (id, name, phone, joined) VALUES (101, 'new', NULL, NULL)",
                        "INSERT INTO member (id, name, phone, joined) VALUES (102, 'new', '2', NULL)");

        SalvageReport report = scene.carry();

        assertThat(scene.kept("id, phone", "public.member"))
                .containsExactly("1|1|no place for: phone", "102|2|no place for: phone");
        assertThat(scene.restored("SELECT count(*) FROM member WHERE id > 100")).containsExactly("2");
        assertThat(report.notCompared()).containsExactly("public.member (joined)");
    }

    @Test
    void a_table_that_the_migration_made_is_kept_beside_as_far_as_it_was_written_to() {
        Scene scene = Scene.of(
                        MEMBERS,
                        "CREATE TABLE home (member int PRIMARY KEY, town text);"
                                + " INSERT INTO home SELECT id, town FROM member; ALTER TABLE member DROP town")
                .write("UPDATE home SET town = 'moved' WHERE member = 3", "INSERT INTO member VALUES (101, 'new')");

        SalvageReport report = scene.carry();

        assertThat(scene.kept("member, town", "public.home"))
                .containsExactly("3|moved|the migration has made this table");
        assertThat(scene.restored("SELECT town FROM member WHERE id IN (3, 101) ORDER BY id"))
                .containsExactly("town 0", "null");
        assertThat(report.tables()).extracting(TableReport::defaulted).contains(List.of("town"));
    }

    @Test
    void a_value_that_the_older_type_cannot_hold_is_kept_beside() {
        Scene scene = Scene.of(
                        "CREATE TABLE t (id int PRIMARY KEY, n int, s varchar(5), at timestamp, d numeric(6,2));"
                                + " INSERT INTO t SELECT i, i, 's' || i, '2020-01-01', i FROM generate_series(1, 9) i",
                        "ALTER TABLE t ALTER n TYPE text, ALTER s TYPE text, ALTER d TYPE numeric(8,4)")
                .write(
                        "INSERT INTO t VALUES (11, '11', 'short', '2021-01-01 00:00', 1.5)",
                        "INSERT INTO t VALUES (12, 'twelve', 's', '2021-01-01 00:00', 1.5)",
                        "INSERT INTO t VALUES (13, '13', 'too long', '2021-01-01 00:00', 1.5)",
                        "INSERT INTO t VALUES (14, '14', 's', '2021-01-01 00:00', 1.2345)",
                        "UPDATE t SET n = '0x', s = 'fits' WHERE id = 1");

        scene.carry();

        assertThat(scene.restored("SELECT id, n, s, at, d FROM t WHERE id > 10 OR id = 1 ORDER BY id"))
                .containsExactly("1|1|fits|2020-01-01 00:00:00|1.00", "11|11|short|2021-01-01 00:00:00|1.50");
        assertThat(scene.kept("id", "public.t"))
                .containsExactly(
                        "1|not the same value in the older type: n",
                        "12|not the same value in the older type: n",
                        "13|not the same value in the older type: s",
                        "14|not the same value in the older type: d");
    }

    @Test
    void a_moment_that_the_migration_gave_a_zone_is_kept_beside() {
        Scene scene = Scene.of(
                        "CREATE TABLE t (id int PRIMARY KEY, at timestamp); INSERT INTO t VALUES (1, '2020-01-01'), (2, NULL)",
                        "ALTER TABLE t ALTER at TYPE timestamptz USING at AT TIME ZONE 'Asia/Kathmandu'")
                .write("INSERT INTO t VALUES (3, '2021-01-01 00:00Z'), (4, NULL)");

        scene.carry();

        assertThat(scene.restored("SELECT id, at FROM t ORDER BY id"))
                .containsExactly("1|2020-01-01 00:00:00", "2|null", "4|null");
        assertThat(scene.kept("id", "public.t")).containsExactly("3|not the same value in the older type: at");
    }

    @Test
    void rows_without_a_key_are_kept_beside() {
        Scene scene = Scene.of(
                        "CREATE TABLE log (at int, what text); INSERT INTO log SELECT i % 3, 'x' FROM generate_series(1, 9) i",
                        "ALTER TABLE log RENAME TO journal")
                .write("INSERT INTO journal VALUES (1, 'x'), (7, 'y')", "DELETE FROM journal WHERE at = 0");

        scene.carry();

        assertThat(scene.restored("SELECT count(*) FROM log")).containsExactly("9");
        assertThat(scene.kept("at, what", "public.journal"))
                .hasSize(5)
                .contains("1|x|the table has no key", "7|y|the table has no key");
    }

    @Test
    void what_an_earlier_way_back_has_kept_stays_under_its_name() {
        Scene scene = Scene.of(MEMBERS, RENAME)
                .write(
                        "CREATE SCHEMA belay_salvage",
                        "CREATE TABLE belay_salvage.contents (name text PRIMARY KEY, job uuid NOT NULL, origin text NOT NULL,"
                                + " key text[] NOT NULL, what text NOT NULL, kept_at timestamptz NOT NULL DEFAULT now())",
                        "CREATE TABLE belay_salvage.\"0a_1_x\" AS SELECT 1 AS id, 'kept' AS phone",
                        "INSERT INTO belay_salvage.contents VALUES ('0a_1_x', gen_random_uuid(), 'public.x', '{id}', 'what')");

        SalvageReport report = scene.carry();
        scene.carry();

        assertThat(scene.restored("SELECT * FROM belay_salvage.\"0a_1_x\"")).containsExactly("1|kept");
        assertThat(scene.restored("SELECT name, origin FROM belay_salvage.contents"))
                .containsExactly("0a_1_x|public.x");
        assertThat(report.tables()).isEmpty();
    }

    @Test
    void a_table_that_nobody_knows_of_is_kept_whole() {
        Scene scene = Scene.of(MEMBERS, RENAME).write("CREATE TABLE extra AS SELECT 1 AS a, 'b' AS b");

        scene.carry();

        assertThat(scene.kept("a, b", "public.extra"))
                .containsExactly("1|b|neither the backup nor its migration has a table like this");
    }

    @Test
    void keys_that_the_migration_has_changed_tell_nothing_about_the_backup() {
        Scene scene = Scene.of(MEMBERS, "UPDATE member SET id = id + 1000")
                .write("UPDATE member SET name = 'x' WHERE id = 1001", "INSERT INTO member VALUES (7, 'new')");

        scene.carry();

        assertThat(scene.restored("SELECT count(*) FROM member WHERE name LIKE 'member %'"))
                .containsExactly("50");
        assertThat(scene.kept("id", "public.member"))
                .containsExactly(
                        "7|the migration has changed keys of this table",
                        "1001|the migration has changed keys of this table");
    }

    @Test
    void tables_renamed_in_a_circle_and_names_that_have_to_be_quoted_are_told_apart() {
        Scene scene = Scene.of(
                        "CREATE TABLE \"a\"\"b\" (\"order\" int PRIMARY KEY, \"ü\" text); CREATE TABLE c (\"order\" int PRIMARY"
                                + " KEY, \"ü\" text); INSERT INTO \"a\"\"b\" VALUES (1, 'first'); INSERT INTO c VALUES (1, 'second')",
                        "ALTER TABLE \"a\"\"b\" RENAME TO x; ALTER TABLE c RENAME TO \"a\"\"b\"; ALTER TABLE x RENAME TO c")
                .write("UPDATE c SET \"ü\" = 'was first'", "INSERT INTO \"a\"\"b\" VALUES (2, 'belongs to c')");

        scene.carry();

        assertThat(scene.restored("SELECT * FROM \"a\"\"b\"")).containsExactly("1|was first");
        assertThat(scene.restored("SELECT * FROM c ORDER BY 1")).containsExactly("1|second", "2|belongs to c");
    }
}
