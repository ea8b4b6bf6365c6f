package dev.belay.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.database.ModuleGraph;
import dev.belay.database.ModuleGraph.Node;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import dev.belay.trace.Crossing;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What uses what, on a real database. */
class MakersIT {

    private static final ModuleGraph APART =
            new ModuleGraph(List.of(new Node("a", List.of()), new Node("b", List.of())));

    private static final String OF_A = """
            CREATE SCHEMA "A's";
            CREATE TABLE "A's"."T" (id int PRIMARY KEY, name text UNIQUE);
            CREATE VIEW "A's".v AS SELECT id FROM "A's"."T";
            CREATE TYPE "A's".mood AS ENUM ('fine');
            CREATE FUNCTION "A's".f() RETURNS int LANGUAGE sql AS 'SELECT 1';
            CREATE FUNCTION "A's".touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE SEQUENCE "A's".s;
            CREATE TABLE "A's".parted (at date) PARTITION BY RANGE (at);
            CREATE TABLE mine (id int);
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CREATE TABLE t (a int CONSTRAINT \"k'ey\" REFERENCES \"A's\".\"T\") | foreign key | k'ey | public.t | \"A's\".\"T\"",
                "CREATE VIEW t AS SELECT name FROM \"A's\".\"T\" | view | | public.t | \"A's\".\"T\"",
                "CREATE MATERIALIZED VIEW t AS SELECT id FROM \"A's\".v | materialized view | | public.t | \"A's\".v",
                "CREATE TABLE t (m \"A's\".mood) | table | | public.t | \"A's\".mood",
                "CREATE TABLE t (m \"A's\".mood[]) | table | | public.t | \"A's\".mood",
                "CREATE TABLE t (m \"A's\".\"T\") | table | | public.t | \"A's\".\"T\"",
                "CREATE TABLE t (i int DEFAULT \"A's\".f()) | default of the column | i | public.t | \"A's\".f()",
                "CREATE TABLE t (i int DEFAULT nextval('\"A''s\".s')) | default of the column | i | public.t | \"A's\".s",
                "CREATE TABLE t PARTITION OF \"A's\".parted DEFAULT | table | | public.t | \"A's\".parted",
                "CREATE TABLE t () INHERITS (\"A's\".\"T\") | table | | public.t | \"A's\".\"T\"",
                "CREATE FUNCTION t(\"A's\".mood) RETURNS int LANGUAGE sql AS 'SELECT 1' | function | | public.t(\"A's\".mood) | \"A's\".mood",
            })
    void what_one_module_makes_and_another_uses_is_found(String sql, String kind, String name, String user, String used)
            throws SQLException {
        assertThat(crossings(APART, sql)).singleElement().satisfies(found -> {
            assertThat(List.of(found.module(), found.needs())).containsExactly("b", "a");
            assertThat(found.kind()).isEqualTo(kind);
            assertThat(found.name()).isEqualTo(name);
            assertThat(found.user()).isEqualTo(user);
            assertThat(found.used()).isEqualTo(used);
        });
    }

    @Test
    void a_trigger_on_a_table_of_another_module_needs_that_module() throws SQLException {
        assertThat(crossings(
                        APART,
                        "CREATE TRIGGER \"T r\" BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION \"A's\".touch()"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.kind() + " " + found.name()).isEqualTo("trigger T r");
                    assertThat(found.userMaker() + " " + found.usedMaker()).isEqualTo("a a");
                });
    }

    @Test
    void a_key_that_is_put_on_a_table_of_another_module_needs_that_module() throws SQLException {
        assertThat(crossings(
                        APART,
                        "CREATE TABLE t (id int PRIMARY KEY)",
                        "ALTER TABLE mine ADD FOREIGN KEY (id) REFERENCES t"))
                .extracting(Crossing::module, Crossing::needs, Crossing::user, Crossing::used)
                .containsExactly(org.assertj.core.api.Assertions.tuple("b", "a", "public.mine", "public.t"));
    }

    @Test
    void what_is_declared_is_no_crossing_by_way_of_others_either() throws SQLException {
        ModuleGraph graph = new ModuleGraph(List.of(
                new Node("a", List.of()), new Node("between", List.of("a")), new Node("b", List.of("between"))));

        assertThat(crossings(graph, "CREATE VIEW t AS SELECT * FROM \"A's\".v")).isEmpty();
    }

    @Test
    void where_the_other_depends_on_this_one_it_is_a_circle() throws SQLException {
        ModuleGraph graph = new ModuleGraph(List.of(new Node("b", List.of()), new Node("a", List.of("b"))));

        assertThat(crossings(graph, "CREATE VIEW t AS SELECT * FROM \"A's\".v"))
                .singleElement()
                .satisfies(found -> assertThat(found.isCircle()).isTrue());
    }

    @Test
    void what_is_gone_in_the_end_is_no_crossing() throws SQLException {
        assertThat(crossings(APART, "CREATE VIEW t AS SELECT * FROM \"A's\".v", "DROP VIEW t"))
                .isEmpty();
    }

    @Test
    void what_was_there_before_is_told_by_its_name_in_the_other_database() throws SQLException {
        DatabaseAddress older = TestPostgres.freshDatabase();
        Makers before = Makers.watch(older);
        TestPostgres.execute(older, OF_A);
        before.after("a");
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(database, OF_A, "CREATE TABLE stray (id int PRIMARY KEY)");
        Makers makers = Makers.watch(database);
        TestPostgres.execute(
                database,
                "ALTER TABLE \"A's\".\"T\" RENAME TO renamed",
                "CREATE TABLE t (a int REFERENCES \"A's\".renamed, s int REFERENCES stray)");
        makers.after("b");

        assertThat(makers.usesOlder()).isTrue();
        assertThat(makers.crossings(APART, before))
                .singleElement()
                .satisfies(found -> assertThat(found.used()).isEqualTo("\"A's\".renamed"));
        assertThat(makers.untold(before)).containsExactly("public.stray");
    }

    private static List<Crossing> crossings(ModuleGraph graph, String... ofB) throws SQLException {
        DatabaseAddress database = TestPostgres.freshDatabase();
        Makers makers = Makers.watch(database);
        TestPostgres.execute(database, OF_A);
        makers.after("a");
        TestPostgres.execute(database, ofB);
        makers.after("b");
        assertThat(makers.usesOlder()).isFalse();
        return List.copyOf(makers.crossings(graph, makers));
    }
}
