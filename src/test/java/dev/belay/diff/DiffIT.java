package dev.belay.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogReader;
import dev.belay.catalog.Difference;
import dev.belay.draft.ColumnOrder;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import dev.belay.reversal.Pairing;
import dev.belay.reversal.Renaming;
import dev.belay.reversal.Reversal;
import dev.belay.reversal.Reverser;
import dev.belay.reversal.Structure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From one schema to another and back, by statements that nobody wrote. */
class DiffIT {

    private static final String SETUP = Pattern.compile("(?m)^(?:INSERT|REFRESH).*$")
            .matcher(resource("setup.sql"))
            .replaceAll("");

    private final DatabaseAddress live = TestPostgres.freshDatabase();
    private final DatabaseAddress desired = TestPostgres.freshDatabase();
    private boolean privileges;

    @AfterEach
    void drop() {
        for (DatabaseAddress database : List.of(live, desired)) {
            TestPostgres.execute(
                    TestPostgres.server().maintenance(), "DROP DATABASE " + database.name() + " WITH (FORCE)");
        }
    }

    /** Both ways, with whatever was named. */
    record Made(Reversal forward, Reversal back) {
        String text() {
            return forward.draft("forward") + "\n" + back.draft("back");
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void the_desired_schema_is_reached_and_left_again(String script) throws Exception {
        TestPostgres.execute(live, SETUP);
        TestPostgres.execute(desired, SETUP, script);

        bothWays();
    }

    @ParameterizedTest
    @MethodSource("wanted")
    void and_the_other_way_round(String script) throws Exception {
        TestPostgres.execute(live, SETUP, script);
        TestPostgres.execute(desired, SETUP);

        bothWays();
    }

    /** Each with the comment above it; without what Belay does not write, and statistics on columns whose order changes. */
    static Stream<String> changes() {
        return Stream.concat(
                wanted(),
                Pattern.compile("\n\n")
                        .splitAsStream(resource("reversible.sql"))
                        .filter(script -> !script.contains("CREATE AGGREGATE")
                                && !script.contains("RENAME COLUMN name TO full_name")
                                && !script.contains("RENAME COLUMN name TO x")));
    }

    static Stream<String> wanted() {
        return Pattern.compile("\n\n").splitAsStream(resource("wanted.sql"));
    }

    @Test
    void a_schema_of_nothing_becomes_one_of_everything() throws Exception {
        TestPostgres.execute(desired, SETUP);

        bothWays();
    }

    @Test
    void what_is_named_as_renamed_is_renamed_with_all_that_is_named_after_it() throws Exception {
        TestPostgres.execute(live, SETUP);
        TestPostgres.execute(
                desired, SETUP.replace("shop.customer", "shop.client").replace("mail", "e_mail"));

        Made made = bothWays(
                new Renaming("shop", "customer", null, "shop", "client"),
                new Renaming("shop", "customer", "mail", "shop", "e_mail"));

        assertThat(made.text())
                .contains(
                        "ALTER TABLE shop.customer RENAME TO client",
                        "RENAME COLUMN mail TO e_mail",
                        "RENAME CONSTRAINT customer_pkey TO client_pkey",
                        "RENAME CONSTRAINT customer_mail_key TO client_e_mail_key",
                        "ALTER SEQUENCE shop.customer_id_seq RENAME TO client_id_seq",
                        "ALTER TABLE shop.client RENAME TO customer")
                .doesNotContain("DROP TABLE", "DROP COLUMN", "ADD CONSTRAINT");
    }

    @Test
    void hostile_names_are_renamed_too() throws Exception {
        String name = "Tä\"b 'l; x " + "é".repeat(25);
        TestPostgres.execute(live, "CREATE TABLE " + quoted(name) + " (\"a\"\"b\" int PRIMARY KEY, \"X y\" text)");
        TestPostgres.execute(desired, "CREATE TABLE \"select\" (\"a\"\"b\" int PRIMARY KEY, \"from\" text)");

        Made made = bothWays(
                new Renaming("public", name, null, "public", "select"),
                new Renaming("public", "select", "X y", "public", "from"));

        assertThat(made.text())
                .contains("RENAME TO \"select\"", "RENAME COLUMN \"X y\" TO \"from\"")
                .doesNotContain("DROP TABLE", "DROP COLUMN");
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Test
    void a_column_that_takes_no_null_leaves_a_place_for_an_update() throws Exception {
        TestPostgres.execute(live, "CREATE TABLE t (id int)");
        TestPostgres.execute(desired, "CREATE TABLE t (id int, must text NOT NULL, may text NOT NULL DEFAULT 'x')");

        Made made = bothWays();

        assertThat(made.forward().draft("x"))
                .contains("ADD COLUMN must text;", "give them one by an UPDATE", "ALTER COLUMN must SET NOT NULL;")
                .contains("ADD COLUMN may text DEFAULT 'x'::text NOT NULL;");
    }

    @Test
    void an_enum_with_one_more_value_is_only_remade_where_the_value_is_used_at_once() throws Exception {
        TestPostgres.execute(live, "CREATE TYPE s AS ENUM ('a', 'c'); CREATE TABLE t (x s)");
        TestPostgres.execute(desired, "CREATE TYPE s AS ENUM ('a', 'b', 'c'); CREATE TABLE t (x s)");

        assertThat(bothWays().forward().draft("x"))
                .contains("ALTER TYPE public.s ADD VALUE 'b' AFTER 'a'")
                .doesNotContain("CREATE TYPE");

        TestPostgres.execute(desired, "ALTER TABLE t ALTER x SET DEFAULT 'b'");
        assertThat(bothWays().forward().draft("x")).contains("CREATE TYPE public.s AS ENUM ('a', 'b', 'c')");
    }

    @Test
    void grants_on_a_view_that_is_in_the_way_stay() throws Exception {
        TestPostgres.execute(
                live, "CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t; GRANT SELECT ON v TO PUBLIC");
        TestPostgres.execute(desired, "CREATE TABLE t (id bigint); CREATE VIEW v AS SELECT id FROM t");

        assertThat(bothWays().forward().draft("x")).contains("GRANT SELECT ON TABLE public.v TO PUBLIC");
    }

    @Test
    void privileges_are_those_of_the_desired_schema_if_that_is_asked_for() throws Exception {
        TestPostgres.execute(live, "CREATE TABLE t (id int); GRANT INSERT ON t TO PUBLIC");
        TestPostgres.execute(
                desired,
                "CREATE TABLE t (id int); GRANT SELECT (id) ON t TO PUBLIC",
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC; CREATE TABLE u (id int)");
        privileges = true;

        assertThat(bothWays().forward().draft("x"))
                .contains(
                        "REVOKE INSERT ON TABLE public.t FROM PUBLIC", "GRANT SELECT (id) ON TABLE public.t TO PUBLIC");
    }

    @Test
    void what_is_renamed_and_has_its_column_retyped_is_not_made_anew() throws Exception {
        TestPostgres.execute(
                live,
                "CREATE TABLE t (a varchar(9) CONSTRAINT old UNIQUE CHECK (a LIKE '%x')); CREATE INDEX i ON t (a)");
        TestPostgres.execute(
                desired,
                "CREATE TABLE t (a varchar(5) CONSTRAINT new UNIQUE CHECK (a LIKE '%x')); CREATE INDEX j ON t (a)");

        assertThat(bothWays().text())
                .contains("RENAME CONSTRAINT old TO new", "RENAME CONSTRAINT new TO old", "RENAME TO j", "RENAME TO i")
                .doesNotContain("ADD CONSTRAINT", "CREATE INDEX");
    }

    @Test
    void only_where_a_type_has_less_room_values_are_looked_at() throws Exception {
        TestPostgres.execute(live, "CREATE TABLE t (a varchar(5), n numeric(5,2), i int)");
        TestPostgres.execute(desired, "CREATE TABLE t (a varchar(9), n numeric(7,3), i bigint)");

        Made made = bothWays();
        assertThat(made.forward().draft("V")).doesNotContain("does not fit");
        assertThat(made.back().draft("U"))
                .contains("A value in public.t.a does not fit character varying(5)", "does not fit numeric(5,2)");
    }

    @Test
    void blanks_at_the_end_are_not_cut_either() throws Exception {
        TestPostgres.execute(live, "CREATE TABLE t (a text)");
        TestPostgres.execute(desired, "CREATE TABLE t (a varchar(3))");
        String forward = bothWays().forward().draft("V");
        TestPostgres.execute(live, "INSERT INTO t VALUES ('abc ')");
        assertThatThrownBy(() -> TestPostgres.execute(live, "BEGIN; " + forward + "; COMMIT"))
                .hasMessageContaining("A value in public.t.a does not fit character varying(3)");
    }

    @Test
    void what_belay_cannot_write_is_said() throws Exception {
        TestPostgres.execute(
                desired,
                "CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2'",
                "CREATE AGGREGATE total (int) (SFUNC = plus, STYPE = int)");

        assertThat(String.join("; ", made().forward().obstacles()))
                .contains("the aggregate public.total(integer) has to be made, and Belay does not write that");
    }

    private Made bothWays(Renaming... renamings) throws SQLException {
        Catalog start = catalog(live);
        Made made = made(renamings);
        assertThat(made.forward().obstacles()).as(made.forward().draft("V")).isEmpty();
        Likeness likeness = new Likeness(privileges, Set.of());
        assertThat(unlike(likeness.of(catalog(desired)), likeness.of(reached)))
                .as(made.text())
                .isEmpty();
        assertThat(made.back().obstacles()).as(made.text()).isEmpty();
        TestPostgres.execute(live, "BEGIN; " + made.back().draft("U") + "; COMMIT");
        assertThat(unlike(start, catalog(live))).as(made.text()).isEmpty();
        return made;
    }

    private Catalog reached = new Catalog(List.of());

    private Made made(Renaming... renamings) throws SQLException {
        Structure before;
        Structure target = read(desired);
        Reversal forward = null;
        try (Connection session = live.open()) {
            before = Structure.read(session, Set.of());
            for (Pairing.Enums enums : Pairing.Enums.values()) {
                if (forward == null || !forward.obstacles().isEmpty()) {
                    Pairing pairing = Pairing.of(before, target, List.of(renamings), enums);
                    assertThat(pairing.unused()).isEmpty();
                    forward = Reverser.draft(pairing.wanted(privileges), session, Set.of());
                }
            }
            Objects.requireNonNull(forward);
            if (!forward.obstacles().isEmpty()) {
                return new Made(forward, forward);
            }
            TestPostgres.execute(live, "BEGIN; " + forward.draft("V") + "; COMMIT");
            reached = catalog(live);
            Pairing back = Pairing.ofOne(Structure.read(session, Set.of()), before);
            return new Made(forward, Reverser.draft(back.wanted(true), session, Set.of()));
        }
    }

    private static List<String> unlike(Catalog expected, Catalog found) {
        return expected.differences(found).stream()
                .filter(difference -> !ColumnOrder.isAll(difference))
                .map(Difference::message)
                .toList();
    }

    private static Structure read(DatabaseAddress database) throws SQLException {
        try (Connection session = database.open()) {
            return Structure.read(session, Set.of());
        }
    }

    private static Catalog catalog(DatabaseAddress database) throws SQLException {
        try (Connection session = database.open()) {
            return CatalogReader.read(session);
        }
    }

    private static String resource(String name) {
        try (InputStream file =
                Objects.requireNonNull(DiffIT.class.getResourceAsStream("/dev/belay/reversal/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
