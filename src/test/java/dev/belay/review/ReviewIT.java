package dev.belay.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import dev.belay.reversal.SchemaChange;
import dev.belay.reversal.Structure;
import dev.belay.sql.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person who reads a script easily overlooks. */
class ReviewIT {

    private static final String SETUP = """
            CREATE TYPE state AS ENUM ('new', 'paid');
            CREATE TABLE parent (id int PRIMARY KEY, name varchar(40) NOT NULL DEFAULT 'x', price numeric(10, 2),
                born date, state state);
            CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent);
            CREATE INDEX child_parent ON child (parent);
            CREATE SEQUENCE numbers;
            CREATE FUNCTION twice(x int) RETURNS int LANGUAGE sql AS 'SELECT x * 2';
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER touched BEFORE UPDATE ON parent FOR EACH ROW EXECUTE FUNCTION touch();
            CREATE VIEW names AS SELECT id, name FROM parent;
            """;

    @Test
    void every_object_that_was_added_changed_or_dropped_is_told() throws Exception {
        Review review = review("""
                ALTER TABLE parent ADD CONSTRAINT named CHECK (name <> ''), ADD other int REFERENCES parent;
                ALTER TABLE parent ALTER price TYPE numeric(12, 2);
                DROP INDEX child_parent;
                DROP SEQUENCE numbers;
                DROP TRIGGER touched ON parent;
                CREATE OR REPLACE FUNCTION twice(x int) RETURNS int LANGUAGE sql AS 'SELECT x + x';
                DROP VIEW names;
                CREATE VIEW names AS SELECT id FROM parent;
                ALTER TYPE state ADD VALUE 'sent';
                CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Odd ""one"" x" text NOT NULL);
                """);

        assertThat(review.changes())
                .extracting(change -> change.what() + " " + change.type() + " " + change.fullName())
                .containsExactlyInAnyOrder(
                        "ADDED check constraint public.parent.named",
                        "ADDED column public.parent.other",
                        "ADDED foreign key public.parent.parent_other_fkey",
                        "CHANGED column public.parent.price",
                        "DROPPED index public.child.child_parent",
                        "DROPPED sequence public.numbers",
                        "DROPPED trigger public.parent.touched",
                        "CHANGED function public.twice(x integer)",
                        "CHANGED view public.names",
                        "ADDED enum value public.state.'sent'",
                        "ADDED table public.made",
                        "ADDED column public.made.id",
                        "ADDED column public.made.\"Odd \"\"one\"\" x\"",
                        "ADDED primary key public.made.made_pkey");
        assertThat(change(review, "price").traits())
                .containsExactly(new SchemaChange.Trait("type", "numeric(10,2)", "numeric(12,2)"));
    }

    @Test
    void a_rename_is_a_rename_and_what_only_follows_it_is_not_told() throws Exception {
        Review review = review("ALTER TABLE parent RENAME TO elder; ALTER TABLE elder RENAME COLUMN born TO birth;"
                + " ALTER TABLE child RENAME CONSTRAINT child_parent_fkey TO child_elder");

        assertThat(review.changes().stream().filter(change -> !change.type().equals("view")))
                .extracting(change -> change.renamedFrom() + " → " + change.name())
                .containsExactlyInAnyOrder(
                        "public.parent → public.elder", "born → birth", "child_parent_fkey → child_elder");
    }

    @Test
    void foreign_keys_that_no_index_serves_are_told_and_new_ones_first() throws Exception {
        Review review = review("DROP INDEX child_parent; CREATE INDEX part ON child (parent) WHERE parent > 1;"
                + " CREATE TABLE z (id int, p int REFERENCES parent, served int REFERENCES parent);"
                + " CREATE INDEX ON z (served, id)");

        assertThat(review.unindexedForeignKeys())
                .extracting(key -> key.name() + " " + key.table() + " " + key.columns() + " " + key.added())
                .containsExactly("z_p_fkey public.z [p] true", "child_parent_fkey public.child [parent] false");
    }

    @Test
    void what_columns_lose_is_told() throws Exception {
        Review review = review("DROP VIEW names; ALTER TABLE parent ALTER name TYPE text, ALTER name DROP NOT NULL,"
                + " ALTER name DROP DEFAULT, ALTER price TYPE numeric, ALTER born TYPE text;"
                + " CREATE VIEW names AS SELECT id, name FROM parent");

        assertThat(review.lostProperties())
                .extracting(lost -> lost.column() + ": " + lost.property() + " " + lost.from())
                .containsExactlyInAnyOrder(
                        "public.parent.name: length character varying(40)",
                        "public.parent.name: not null NOT NULL",
                        "public.parent.name: default 'x'::character varying",
                        "public.parent.price: length numeric(10,2)",
                        "public.parent.born: type date");
    }

    @Test
    void names_that_postgresql_cuts_are_told_with_their_place() throws Exception {
        String longest = "é".repeat(31) + "x";
        String script = "-- " + "c".repeat(80) + "\nCREATE TABLE \"" + longest + "\" (id int);\nCREATE TABLE z"
                + longest + " (id text DEFAULT '" + "d".repeat(80) + "');";

        Review review = review(script);

        assertThat(review.longNames())
                .containsExactly(new Review.LongName("V2__x.sql", 3, "z" + longest, "z" + "é".repeat(31)));
    }

    private static SchemaChange change(Review review, String name) {
        return review.changes().stream()
                .filter(change -> change.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Review review(String script) throws SQLException {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(database, SETUP);
        try (Connection session = database.open()) {
            Structure before = Structure.read(session, Set.of());
            TestPostgres.execute(database, script);
            return Review.of(
                    before,
                    Structure.read(session, Set.of()),
                    session,
                    List.of(new Source("app", "V2__x.sql", script)));
        }
    }
}
