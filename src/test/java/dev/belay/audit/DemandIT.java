package dev.belay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a script's constraints would refuse is found by asking, and nothing else is claimed. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class DemandIT {

    private static final String V1 = """
            CREATE TABLE member (id int PRIMARY KEY, mail text, age int);
            INSERT INTO member VALUES (1, 'a@x', 20), (2, 'A@X', -1), (3, 'b@x', NULL), (4, NULL, 30), (5, NULL, -7),
                (6, 'b@x', 4);
            CREATE TABLE loan (id int PRIMARY KEY, member_id int);
            INSERT INTO loan VALUES (10, 1), (11, 7), (12, NULL), (13, 8), (14, 6);
            """;

    @Test
    void orphans_of_a_new_foreign_key_are_counted_and_named_but_rows_without_a_key_pass() {
        assertThat(demands(V1, "ALTER TABLE loan ADD CONSTRAINT k FOREIGN KEY (member_id) REFERENCES member;"))
                .containsExactly("FOREIGN_KEY public.loan 2 [id=11, id=13]");
    }

    @Test
    void a_foreign_key_of_two_columns_is_simple_unless_it_says_full() {
        String v1 = """
                CREATE TABLE room (house int, number int, PRIMARY KEY (house, number));
                INSERT INTO room VALUES (1, 1);
                CREATE TABLE bed (id uuid PRIMARY KEY, house int, number int);
                INSERT INTO bed SELECT ('00000000-0000-0000-0000-00000000000' || i)::uuid, h, n
                FROM (VALUES (1, 1, 1), (2, 1, 2), (3, 9, NULL), (4, NULL, NULL)) v(i, h, n);
                """;
        assertThat(demands(v1, "ALTER TABLE bed ADD FOREIGN KEY (number, house) REFERENCES room (number, house);"))
                .containsExactly("FOREIGN_KEY public.bed 1 [id=00000000-0000-0000-0000-000000000002]");
        assertThat(demands(v1, "ALTER TABLE bed ADD FOREIGN KEY (house, number) REFERENCES room MATCH FULL;"))
                .containsExactly("FOREIGN_KEY public.bed 2"
                        + " [id=00000000-0000-0000-0000-000000000002, id=00000000-0000-0000-0000-000000000003]");
    }

    @Test
    void duplicates_of_a_new_unique_index_are_counted_and_NULLs_are_no_duplicates() {
        assertThat(demands(V1, """
                        CREATE UNIQUE INDEX ON member (mail);
                        CREATE UNIQUE INDEX ON member (lower(mail)) WHERE age < 25;
                        ALTER TABLE member ADD CONSTRAINT one UNIQUE NULLS NOT DISTINCT (mail);"""))
                .containsExactly(
                        "UNIQUE public.member 2 [id=3, id=6]",
                        "UNIQUE public.member 2 [id=1, id=2]",
                        "UNIQUE public.member 4 [id=3, id=4, id=5, id=6]");
    }

    @Test
    void a_new_primary_key_asks_for_NULLs_and_for_duplicates() {
        assertThat(demands(
                        "CREATE TABLE a (id int); INSERT INTO a VALUES (1), (1), (NULL);",
                        "ALTER TABLE a ADD PRIMARY KEY (id);"))
                .containsExactly(
                        "NOT_NULL public.a 1 [row at (0,3)]", "UNIQUE public.a 2 [row at (0,1), row at (0,2)]");
    }

    @Test
    void NULLs_that_a_NOT_NULL_would_refuse_are_counted_and_a_new_column_without_a_default_has_them_everywhere() {
        assertThat(demands(V1, """
                        ALTER TABLE member ALTER mail SET NOT NULL;
                        ALTER TABLE loan ADD due date NOT NULL;
                        ALTER TABLE loan ADD paid bool NOT NULL DEFAULT false;"""))
                .containsExactly(
                        "NOT_NULL public.member 2 [id=4, id=5]",
                        "NOT_NULL public.loan 5 [id=10, id=11, id=12, id=13, id=14]");
    }

    @Test
    void rows_that_break_a_CHECK_are_counted_and_what_is_NULL_passes() {
        assertThat(demands(V1, "ALTER TABLE member ADD CHECK (member.age >= 0 -- not yet born\n);"))
                .containsExactly("CHECK public.member 2 [id=2, id=5]");
    }

    @Test
    void one_that_is_NOT_VALID_is_asked_too_and_marked() {
        Run run = audit(V1, """
                        ALTER TABLE member ADD CONSTRAINT grown CHECK (age >= 0) NOT VALID;
                        ALTER TABLE loan ADD CONSTRAINT k FOREIGN KEY (member_id) REFERENCES member NOT VALID;""");

        assertThat(shown(run))
                .containsExactly("CHECK public.member 2 [id=2, id=5]", "FOREIGN_KEY public.loan 2 [id=11, id=13]");
        assertThat(run.<Boolean>list("audit.demands.notValid")).containsExactly(true, true);
        assertThat(run.<String>list("audit.demands.advice")).allMatch(advice -> advice.startsWith("NOT VALID lets"));
    }

    @Test
    void a_constraint_that_is_validated_later_is_asked_as_it_is_in_the_database() {
        assertThat(demands(
                        V1 + "ALTER TABLE member ADD CONSTRAINT grown CHECK (age >= 3) NOT VALID;"
                                + "ALTER TABLE loan ADD CONSTRAINT k FOREIGN KEY (member_id) REFERENCES member NOT VALID;",
                        """
                        ALTER TABLE member RENAME TO student;
                        ALTER TABLE student VALIDATE CONSTRAINT grown;
                        ALTER TABLE loan VALIDATE CONSTRAINT k;"""))
                .containsExactly("VALIDATION public.member 2 [id=2, id=5]", "VALIDATION public.loan 2 [id=11, id=13]");
    }

    @Test
    void odd_names_and_keys_of_text_are_told_without_telling_the_text() {
        Run run = audit("""
                CREATE SCHEMA "Odd ""one"" s";
                CREATE TABLE "Odd ""one"" s"."Mem.ber" ("E Mail" text PRIMARY KEY, "select" int);
                INSERT INTO "Odd ""one"" s"."Mem.ber" VALUES ('ann@x', NULL), ('bob@x', 1);
                """, "ALTER TABLE \"Odd \"\"one\"\" s\".\"Mem.ber\" ALTER \"select\" SET NOT NULL;");

        assertThat(shown(run)).containsExactly("NOT_NULL \"Odd \"\"one\"\" s\".\"Mem.ber\" 1 [E Mail=md5:90b93bc0]");
        assertThat(run.<Boolean>list("audit.demands.keysHidden")).containsExactly(true);
        assertThat(run.toString()).doesNotContain("ann@x");
    }

    @Test
    void what_was_renamed_before_is_asked_under_its_old_name() {
        assertThat(demands(V1, """
                        ALTER TABLE member RENAME TO student;
                        ALTER TABLE student RENAME COLUMN age TO years;
                        ALTER TABLE loan RENAME member_id TO student_id;
                        ALTER TABLE student ADD CHECK (years >= 0);
                        ALTER TABLE loan ADD FOREIGN KEY (student_id) REFERENCES student (id);"""))
                .containsExactly("CHECK public.member 2 [id=2, id=5]", "FOREIGN_KEY public.loan 2 [id=11, id=13]");
    }

    @Test
    void what_the_scripts_make_or_change_themselves_is_not_asked_and_said_not_to_be() {
        Run run = audit(V1, """
                        CREATE TABLE fee (id int PRIMARY KEY, loan_id int);
                        ALTER TABLE fee ADD FOREIGN KEY (loan_id) REFERENCES loan;
                        ALTER TABLE loan ADD fee_id int;
                        ALTER TABLE loan ADD FOREIGN KEY (fee_id) REFERENCES fee;
                        ALTER TABLE member ALTER age TYPE text;
                        ALTER TABLE member ADD CHECK (age <> '-1');
                        ALTER TABLE nobody ADD CHECK (true);
                        ALTER TABLE member ADD EXCLUDE USING btree (id WITH =);""");

        assertThat(run.<String>list("audit.demands.notAsked"))
                .satisfiesExactly(
                        why -> assertThat(why).contains("fee is made by the same scripts (V2__next.sql, line 1)"),
                        why -> assertThat(why).contains("fee is made by the same scripts"),
                        why -> assertThat(why)
                                .contains("age gets another type by the same scripts (V2__next.sql, line 5)"),
                        why -> assertThat(why).contains("there is no table nobody"),
                        why -> assertThat(why).contains("left to the rehearsal"));
        assertThat(run.<Object>list("audit.demands.rows")).containsOnlyNulls();
    }

    @Test
    void a_partitioned_table_is_asked_with_all_its_partitions() {
        assertThat(demands("""
                        CREATE TABLE visit (id int, day date, member_id int, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
                        CREATE TABLE visit_1 PARTITION OF visit FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
                        CREATE TABLE visit_2 PARTITION OF visit FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
                        INSERT INTO visit VALUES (1, '2026-01-05', 1), (2, '2026-02-05', 99), (3, '2026-01-06', 98);
                        CREATE TABLE member (id int PRIMARY KEY); INSERT INTO member VALUES (1);
                        """, "ALTER TABLE visit ADD FOREIGN KEY (member_id) REFERENCES member;"))
                .singleElement()
                .asString()
                .startsWith("FOREIGN_KEY public.visit 2 [id=2, day=md5:");
    }

    @Test
    void a_script_that_mends_the_rows_first_migrates_in_spite_of_the_findings() {
        TestDatabase database = at(V1).script(
                        "V2__next.sql",
                        "UPDATE member SET mail = 'none' WHERE mail IS NULL; ALTER TABLE member ALTER mail SET NOT NULL;");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(run.step("audit"))
                .contains("rows break 1 of 1 constraints asked: public.member: mail NOT NULL is broken by 2 rows");
    }

    @Test
    void a_rehearsal_that_fails_by_a_constraint_names_what_the_audit_had_found() {
        TestDatabase database =
                at(V1).script("V2__next.sql", "ALTER TABLE loan ADD FOREIGN KEY (member_id) REFERENCES member;");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.detail())
                .contains(
                        "The audit had found: public.loan: FOREIGN KEY (member_id) REFERENCES member is broken by 2 rows"
                                + " (id=11; id=13).");
    }

    private static TestDatabase at(String v1) {
        return TestDatabase.claim().script("V1__first.sql", v1).flywayMigrate();
    }

    private static Run audit(String v1, String v2) {
        Run run = Run.audit(at(v1).script("V2__next.sql", v2));
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        return run;
    }

    private static List<String> demands(String v1, String v2) {
        return shown(audit(v1, v2));
    }

    /** Such as {@code UNIQUE public.member 2 [id=3, id=6]}; with why not, where one was not asked. */
    private static List<String> shown(Run run) {
        return run.<Map<String, Object>>list("audit.demands").stream()
                .map(demand -> demand.get("kind") + " " + demand.get("table") + " "
                        + Objects.requireNonNullElse(demand.get("rows"), demand.get("notAsked")) + " "
                        + demand.get("keys"))
                .toList();
    }
}
