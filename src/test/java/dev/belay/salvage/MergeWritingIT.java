package dev.belay.salvage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How a merge's decisions are written: in the restored copy's own order, by its own constraints. */
class MergeWritingIT {

    @Test
    void children_come_after_their_parents_and_go_before_them() {
        Scene scene = Scene.of(
                        "CREATE TABLE a_child (id int PRIMARY KEY, parent int NOT NULL);"
                                + " CREATE TABLE b_parent (id int PRIMARY KEY, boss int REFERENCES b_parent);"
                                + " ALTER TABLE a_child ADD FOREIGN KEY (parent) REFERENCES b_parent ON DELETE CASCADE;"
                                + " INSERT INTO b_parent SELECT i, nullif(i - 1, 0) FROM generate_series(1, 9) i;"
                                + " INSERT INTO a_child SELECT i, i FROM generate_series(1, 9) i",
                        "ALTER TABLE a_child RENAME TO child")
                .write(
                        "INSERT INTO b_parent VALUES (20, NULL), (21, 20)",
                        "INSERT INTO child VALUES (20, 20), (21, 21)",
                        "DELETE FROM child WHERE id > 6 AND id < 20",
                        "DELETE FROM b_parent WHERE id IN (8, 9)");

        SalvageReport report = scene.carry();

        assertThat(scene.restored("SELECT array_agg(id ORDER BY id) FROM a_child"))
                .containsExactly("{1,2,3,4,5,6,20,21}");
        assertThat(scene.restored("SELECT array_agg(id ORDER BY id) FROM b_parent"))
                .containsExactly("{1,2,3,4,5,6,7,20,21}");
        assertThat(report.kept()).isZero();
    }

    @Test
    void a_row_that_others_still_point_at_stays_and_is_named() {
        Scene scene = Scene.of(
                        "CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int PRIMARY KEY,"
                                + " parent int REFERENCES parent ON DELETE CASCADE);"
                                + " INSERT INTO parent VALUES (1), (2); INSERT INTO child VALUES (1, 1)",
                        "DROP TABLE child")
                .write("DELETE FROM parent");

        scene.carry();

        assertThat(scene.restored("SELECT id FROM parent")).containsExactly("1");
        assertThat(scene.restored("SELECT parent FROM child")).containsExactly("1");
        assertThat(scene.kept("id", "public.parent"))
                .containsExactly("1|applications deleted it, and it stays: rows of public.child point at it");
    }

    @Test
    void a_row_that_an_older_constraint_refuses_is_kept_beside_and_the_others_are_carried() {
        Scene scene = Scene.of(
                        "CREATE TABLE t (id int PRIMARY KEY, email text UNIQUE, n int CHECK (n < 10));"
                                + " INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)",
                        "ALTER TABLE t DROP CONSTRAINT t_email_key, DROP CONSTRAINT t_n_check")
                .write(
                        "INSERT INTO t SELECT i, 'e' || i, 5 FROM generate_series(10, 60) i",
                        "INSERT INTO t VALUES (100, 'a', 1), (101, 'x', 99)",
                        "DELETE FROM t WHERE id = 3",
                        "INSERT INTO t VALUES (102, 'c', 3)");

        SalvageReport report = scene.carry();

        assertThat(scene.restored("SELECT count(*) FROM t")).containsExactly("54");
        assertThat(scene.restored("SELECT id FROM t WHERE email = 'c'")).containsExactly("102");
        assertThat(scene.kept("id", "public.t"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("100|refused: duplicate key"),
                        second -> assertThat(second).startsWith("101|refused:"));
        assertThat(report.tables().get(0).inserted()).isEqualTo(52);
    }

    @Test
    void triggers_do_not_fire_a_second_time_and_sequences_go_on_where_they_stood() {
        Scene scene = Scene.of(
                        "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n int, d int GENERATED ALWAYS AS (n"
                                + " * 2) STORED); CREATE TABLE audit (id serial PRIMARY KEY, what int);"
                                + " CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO"
                                + " public.audit (what) VALUES (NEW.id); RETURN NEW; END $$;"
                                + " CREATE TRIGGER note AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION note();"
                                + " INSERT INTO t (n) VALUES (1)",
                        "ALTER TABLE t RENAME n TO m")
                .write("INSERT INTO t (m) VALUES (5), (6)");

        SalvageReport report = scene.carry();

        assertThat(scene.restored("SELECT id, n, d FROM t ORDER BY id")).containsExactly("1|1|2", "2|5|10", "3|6|12");
        assertThat(scene.restored("SELECT id, what FROM audit ORDER BY id")).containsExactly("1|1", "2|2", "3|3");
        assertThat(scene.restored("INSERT INTO t (n) VALUES (7) RETURNING id")).containsExactly("4");
        assertThat(scene.restored("SELECT count(*) FROM audit")).containsExactly("4");
        assertThat(report.sequences()).isEqualTo(2);
    }
}
