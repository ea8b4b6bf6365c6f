package dev.belay.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.database.ProjectMasking.Kind;
import dev.belay.database.ProjectMasking.Rule;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules on a real database, through a real archive. */
class MaskingIT {

    private static final String[] SCHOOL = {
        "CREATE TABLE account (email varchar(60) PRIMARY KEY, login varchar(20) UNIQUE, password text NOT NULL,"
                + " born date, seen timestamptz, card int8 UNIQUE, level int NOT NULL, note text,"
                + " initials text GENERATED ALWAYS AS (upper(left(login, 2))) STORED,"
                + " CHECK (login <> ''), CHECK (born < seen))",
        "CREATE TABLE parent (id int PRIMARY KEY, account varchar(60) REFERENCES account ON UPDATE CASCADE,"
                + " first_name text, last_name varchar(6), full_name text NOT NULL)",
        "INSERT INTO account SELECT 'person' || i || '@school.test', 'login' || i, md5(i::text),"
                + " '2001-01-01'::date + i, '2024-01-01Z'::timestamptz + i * interval '1 hour',"
                + " 4000000000 + i, i % 7, CASE WHEN i % 2 = 0 THEN 'note ' || i END FROM generate_series(1, 200) i",
        "INSERT INTO parent SELECT i, CASE WHEN i % 5 > 0 THEN 'person' || i || '@school.test' END, 'Maya', 'Vega',"
                + " 'Maya Vega' FROM generate_series(1, 200) i",
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'nobody updates this'; END $$",
        "CREATE TRIGGER no_update BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION refuse()",
        "CREATE MATERIALIZED VIEW everybody AS SELECT email FROM account"
    };

    private static Source school() {
        return new Source(SCHOOL)
                .rule("account", "email", Kind.FAKE_EMAIL)
                .rule("account", "login", Kind.HASH)
                .fixed("account", "password", "!")
                .rule("account", "born", Kind.SHIFT_DATES)
                .rule("account", "seen", Kind.SHIFT_DATES)
                .rule("account", "card", Kind.HASH)
                .rule("account", "level", Kind.SHUFFLE)
                .rule("account", "note", Kind.NULL)
                .rule("parent", "first_name", Kind.FAKE_NAME)
                .rule("parent", "last_name", Kind.FAKE_NAME)
                .rule("parent", "full_name", Kind.FAKE_NAME);
    }

    @Test
    void each_rule_does_what_it_says_and_keys_and_triggers_stand() {
        Source school = school();

        MaskingReport report = school.mask();

        assertThat(school.after("SELECT count(*) FROM account WHERE email ~ '^u[0-9a-f]{23}@example.com$'"
                        + " AND login ~ '^[0-9a-f]{20}$' AND password = '!' AND note IS NULL AND card > 0"
                        + " AND initials = upper(left(login, 2))"))
                .containsExactly("200");
        assertThat(school.after("SELECT count(*) FROM parent JOIN account ON email = account"))
                .containsExactly("160");
        assertThat(school.after("SELECT count(*) FROM parent WHERE account IS NULL"))
                .containsExactly("40");
        assertThat(school.after("SELECT count(*) FROM parent WHERE first_name = 'Maya' OR last_name = 'Vega'"
                        + " OR full_name = 'Maya Vega' OR full_name !~ '^[A-Z][a-z]+ [A-Z][a-z]+$'"))
                .containsExactly("0");
        assertThat(school.after("SELECT email FROM everybody WHERE email LIKE '%school%'"))
                .isEmpty();
        assertThat(school.after("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' AND NOT tgisinternal"))
                .containsExactly("no_update");
        assertThat(report.columns())
                .contains(new MaskingReport.MaskedValues("public.account", "note", "null", 100))
                .contains(new MaskingReport.MaskedValues("public.parent", "account", "fake-email", 160));
        assertThat(report.values()).isEqualTo(7 * 200 + 100 + 160 + 600);
    }

    @Test
    void dates_move_by_one_number_of_days_and_a_shuffle_keeps_the_values() {
        Source school = school();
        String distances = "SELECT DISTINCT seen::date - born FROM account ORDER BY 1";
        String levels = "SELECT level || ' ' || count(*) FROM account GROUP BY level ORDER BY level";

        school.mask();

        assertThat(school.after("SELECT sum(seen::date - born) FROM account"))
                .isEqualTo(school.before("SELECT sum(seen::date - born) FROM account"));
        assertThat(school.after(distances)).isEqualTo(school.before(distances));
        assertThat(school.after("SELECT abs(min(born) - '2001-01-02'::date) BETWEEN 1 AND 30 FROM account"))
                .containsExactly("t");
        assertThat(school.after(levels)).isEqualTo(school.before(levels));
        assertThat(school.after("SELECT string_agg(level::text, '' ORDER BY card) FROM account"))
                .isNotEqualTo(school.before("SELECT string_agg(level::text, '' ORDER BY card) FROM account"));
    }

    @Test
    void the_dates_of_a_row_keep_their_order_where_each_row_has_days_of_its_own() {
        Source visits = new Source(
                        "CREATE TABLE visit (id int PRIMARY KEY, came date, went timestamp)",
                        "INSERT INTO visit SELECT i, '2024-01-01', '2024-01-02 10:00' FROM generate_series(1, 50) i",
                        "INSERT INTO visit VALUES (51, 'infinity', NULL)")
                .rule(new Rule("visit", "came", Kind.SHIFT_DATES, null, null, 90, true, false))
                .rule(new Rule("visit", "went", Kind.SHIFT_DATES, null, null, 90, true, false));

        visits.mask();

        assertThat(visits.after("SELECT DISTINCT went - came FROM visit WHERE id <= 50"))
                .containsExactly("1 day 10:00:00");
        assertThat(Integer.parseInt(
                        visits.after("SELECT count(DISTINCT came) FROM visit").get(0)))
                .isGreaterThan(10);
        assertThat(visits.after("SELECT came FROM visit WHERE id = 51")).containsExactly("infinity");
    }

    @Test
    void the_same_values_are_masked_otherwise_each_time() {
        Source school = school();

        school.mask();
        Set<String> first = new TreeSet<>(school.after("SELECT email FROM account"));
        school.mask();

        assertThat(first).hasSize(200).doesNotContainAnyElementsOf(school.after("SELECT email FROM account"));
    }

    @Test
    void hostile_names_partitions_and_inheritance_are_masked_like_others() {
        Source source = new Source(
                        "CREATE SCHEMA \"S \"\"x\"",
                        "CREATE TABLE \"S \"\"x\".\"Tab le\" (\"E'Mail\" text, \"where\" int) PARTITION BY LIST (\"where\")",
                        "CREATE TABLE \"S \"\"x\".\"p.1\" PARTITION OF \"S \"\"x\".\"Tab le\" FOR VALUES IN (1)",
                        "CREATE TABLE \"S \"\"x\".\"p.2\" PARTITION OF \"S \"\"x\".\"Tab le\" FOR VALUES IN (2)",
                        "INSERT INTO \"S \"\"x\".\"Tab le\" SELECT 'a' || i, 1 + i % 2 FROM generate_series(1, 20) i",
                        "CREATE TABLE base (Phone text)",
                        "CREATE TABLE derived (more int) INHERITS (base)",
                        "INSERT INTO derived VALUES ('+49 30 1234567', 1)")
                .rule("S \"x.Tab le", "E'Mail", Kind.HASH)
                .rule("base", "phone", Kind.HASH);

        MaskingReport report = source.mask();

        assertThat(source.after("SELECT count(*) FROM \"S \"\"x\".\"Tab le\" WHERE length(\"E'Mail\") = 32"))
                .containsExactly("20");
        assertThat(source.after("SELECT phone ~ '^[0-9a-f]{32}$' FROM derived")).containsExactly("t");
        assertThat(report.tables()).isEqualTo(4);
    }

    @Test
    void what_looks_personal_by_name_or_content_and_has_no_rule_is_told_with_the_lines_to_write() {
        Source source = new Source(
                "CREATE TABLE person (id int PRIMARY KEY, \"firstName\" text, birth_date date, photo bytea, is_born bool,"
                        + " passwd text, remark text, code text, tree_id int, voter_no int, hint text)",
                "INSERT INTO person VALUES (1, 'A', now(), '', true, 'x', 'write to me@school.test', 'c+4930123456', 1, 7,"
                        + " 'call +49 (30) 123 45 67 at noon')");

        ProblemException problem = refused(source);

        assertThat(problem.type()).isEqualTo(ProblemType.MASKING_INCOMPLETE);
        assertThat(problem)
                .hasMessageContainingAll(
                        "7 columns look personal",
                        "{table: public.person, column: firstName, rule: fake-name}",
                        "{table: public.person, column: birth_date, rule: shift-dates, days: 30}",
                        "{table: public.person, column: passwd, rule: fixed, value: \"!\"}",
                        "{table: public.person, column: photo, rule: \"null\"}",
                        "{table: public.person, column: voter_no, rule: hash}",
                        "public.person.remark (values like e-mail addresses)",
                        "public.person.hint (values like telephone numbers)")
                .hasMessageNotContainingAny("me@school.test", "column: code", "is_born", "tree_id");
    }

    @Test
    void a_waiver_lets_a_column_pass_and_one_too_many_is_refused() {
        Source source = new Source("CREATE TABLE program (name text)", "INSERT INTO program VALUES ('Arts')")
                .waive("program.name");

        MaskingReport report = source.mask();
        ProblemException surplus = refused(source.waive("program.nam"));

        assertThat(report.waived()).containsExactly("public.program.name");
        assertThat(source.after("SELECT count(*) FROM program")).containsExactly("1");
        assertThat(surplus.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(surplus).hasMessageContaining("there is program.nam, which");
    }

    @Test
    void rules_that_cannot_be_kept_are_told_all_at_once() {
        Source source = new Source(
                        "CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text UNIQUE NOT NULL, day date,"
                                + " twice text GENERATED ALWAYS AS (code || code) STORED, short varchar(5))",
                        "CREATE TABLE b (code text REFERENCES a (code), town text)")
                .rule("a", "id", Kind.HASH)
                .rule("a", "code", Kind.SHUFFLE)
                .rule("a", "day", Kind.HASH)
                .rule("a", "twice", Kind.HASH)
                .rule("a", "short", Kind.FAKE_EMAIL)
                .rule("b", "town", Kind.SHIFT_DATES)
                .rule("c", "x", Kind.NULL);

        ProblemException problem = refused(source);

        assertThat(problem.type()).isEqualTo(ProblemType.MASKING_FAILED);
        assertThat(problem)
                .hasMessageContainingAll(
                        "hash cannot be for public.a.id",
                        "shuffle cannot be for public.a.code, because public.b.code points at it",
                        "hash cannot be for public.a.day",
                        "public.a.twice, because it is computed",
                        "public.a.short, because it has no room",
                        "shift-dates cannot be for public.b.town",
                        "no table c");
    }

    @Test
    void a_pointing_column_cannot_be_masked_alone() {
        Source source = new Source("CREATE TABLE a (code text PRIMARY KEY)", "CREATE TABLE b (code text REFERENCES a)")
                .rule("b", "code", Kind.HASH);

        assertThat(refused(source)).hasMessageContaining("give the rule to that");
    }

    @Test
    void a_constraint_that_the_masked_values_break_is_named() {
        Source source = new Source(
                        "CREATE TABLE a (phone text CONSTRAINT only_digits CHECK (phone ~ '^[0-9]+$'))",
                        "INSERT INTO a VALUES ('030123')")
                .rule("a", "phone", Kind.HASH);

        ProblemException problem = refused(source);

        assertThat(problem.type()).isEqualTo(ProblemType.MASKING_FAILED);
        assertThat(problem).hasMessageContainingAll("public.a", "phone hash", "only_digits");
        assertThat(problem).hasMessageNotContaining("030123");
    }

    @Test
    void values_that_have_to_stay_different_are_not_squeezed_into_too_little_room() {
        Source source = new Source(
                        "CREATE TABLE a (pin char(2) PRIMARY KEY)",
                        "INSERT INTO a SELECT chr(65 + i / 26) || chr(65 + i % 26) FROM generate_series(0, 675) i")
                .rule("a", "pin", Kind.HASH);

        ProblemException problem = refused(source);

        assertThat(problem.type()).isEqualTo(ProblemType.MASKING_FAILED);
        assertThat(problem).hasMessageContainingAll("public.a.pin", "stay different");
    }

    @Test
    void a_shuffle_that_leaves_everything_in_its_place_is_none() {
        Source source =
                new Source("CREATE TABLE a (town text)", "INSERT INTO a VALUES ('X')").rule("a", "town", Kind.SHUFFLE);

        assertThat(refused(source)).hasMessageContaining("all its values are equal");
    }

    @Test
    void neither_the_secret_nor_an_old_value_stays_in_the_copy() {
        Source school = school();

        school.mask();

        assertThat(school.after("SELECT relname FROM pg_class WHERE relname LIKE '%belay%'"))
                .isEmpty();
        assertThat(school.after("SELECT proname FROM pg_proc WHERE proname LIKE '%belay%'"))
                .isEmpty();
    }

    private static ProblemException refused(Source source) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, source::mask);
        assertThat(problem).as("a refusal").isNotNull();
        return problem;
    }

    /** What a column of each type becomes under hash fits its type and keeps apart what is apart. */
    @Test
    void hashes_fit_their_types() {
        Source source = new Source(
                "CREATE DOMAIN tag AS varchar(12) CHECK (VALUE <> '')",
                "CREATE TABLE a (u uuid UNIQUE, b bytea UNIQUE, t tag UNIQUE, n numeric(20, 2) UNIQUE, i int2,"
                        + " c char(20) UNIQUE, l text UNIQUE)",
                "INSERT INTO a SELECT gen_random_uuid(), decode(md5(i::text), 'hex'), 't' || i, i + 0.5, i, 'c' || i,"
                        + " repeat('l', i) FROM generate_series(1, 100) i");
        for (String column : List.of("u", "b", "t", "n", "i", "c", "l")) {
            source.rule("a", column, Kind.HASH);
        }

        source.mask();

        assertThat(source.after("SELECT count(DISTINCT (u, b, t, n, c, l)) FROM a WHERE length(t) = 12 AND i > 0"
                        + " AND length(c) = 20 AND length(l) = 32"))
                .containsExactly("100");
    }
}
