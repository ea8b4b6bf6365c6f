package dev.belay.relabel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Histories that are squashed, and databases that get the new history while their schema stays. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class SquashIT {

    private static final String YAML = """
            modules:
              - {name: academics}
              - {name: requests, dependsOn: [academics]}
              - {name: results, dependsOn: [academics, requests], schema: marks}
            """;
    private static final String HISTORY = "flyway_schema_history_academics";

    private static TestDatabase school() {
        return TestDatabase.claim()
                .yaml(YAML)
                .file("academics/V1__programs.sql", """
                        CREATE TYPE level AS ENUM ('low', 'high');
                        CREATE TABLE program (id serial PRIMARY KEY, title text NOT NULL, made timestamptz DEFAULT now());
                        COMMENT ON TABLE program IS 'What''s taught';
                        INSERT INTO program (title) VALUES ('Arts; it''s'), ('Sciences');
                        """)
                .file("academics/V2__batches.sql", """
                        CREATE TABLE batch (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, old text,
                            program_id int NOT NULL REFERENCES program, level level DEFAULT 'low');
                        CREATE SEQUENCE tickets START 100;
                        SELECT nextval('tickets');
                        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
                            $$BEGIN NEW.title := NEW.title || '!'; RETURN NEW; END$$;
                        CREATE TRIGGER touched BEFORE INSERT ON program FOR EACH ROW EXECUTE FUNCTION touch();
                        """)
                .file("academics/V3__later.sql", """
                        ALTER TABLE batch DROP COLUMN old;
                        ALTER TABLE batch RENAME program_id TO "Program id";
                        CREATE INDEX ON batch ("Program id") WHERE level = 'high';
                        INSERT INTO batch ("Program id") SELECT id FROM program;
                        """)
                .file("academics/R__titles.sql", "CREATE OR REPLACE VIEW titles AS SELECT title FROM program;")
                .file("requests/V1__requests.sql", """
                        CREATE TABLE request (id serial PRIMARY KEY, batch_id int REFERENCES batch, at timestamptz);
                        INSERT INTO request (batch_id, at) VALUES (1, clock_timestamp());
                        """)
                .file("results/V1__results.sql", """
                        CREATE TABLE result (id serial PRIMARY KEY, request_id int REFERENCES public.request,
                            batch_id int REFERENCES public.batch ON DELETE CASCADE, mark numeric(4,1) CHECK (mark >= 0));
                        ALTER TABLE public.batch ADD COLUMN results int NOT NULL DEFAULT 0;
                        """)
                .file("results/V2__freeze.sql", """
                        CREATE VIEW passed AS SELECT id FROM result WHERE mark > 5;
                        ALTER TABLE result ENABLE ROW LEVEL SECURITY;
                        CREATE POLICY all_of_it ON result USING (true);
                        """);
    }

    private static Run squash(TestDatabase database, String... modules) {
        return Run.start("drafts", database, Map.of("kind", "squash", "modules", List.of(modules)))
                .await();
    }

    private static Run relabel(TestDatabase database, Map<String, Object> more) {
        return Run.start("relabels", database, more).await();
    }

    /** Puts the draft's files in the place of a module's versions, into any project. */
    private static void put(Run draft, TestDatabase into) throws IOException {
        for (String module : new String[] {"academics", "results"}) {
            try (Stream<Path> files = Files.list(into.project().resolve(module))) {
                for (Path file : files.toList()) {
                    if (!file.getFileName().toString().startsWith("R")) {
                        Files.delete(file);
                    }
                }
            }
        }
        for (Object file : draft.results("files")) {
            into.file(
                    file.toString(),
                    given().get(draft.path() + "/files/" + file)
                            .then()
                            .statusCode(200)
                            .extract()
                            .asString());
        }
    }

    private static Catalog catalog(TestDatabase database) throws SQLException {
        try (Connection session = database.address().open()) {
            return CatalogReader.read(session);
        }
    }

    private static List<String> rows(TestDatabase database) {
        return database.askAll("SELECT h::text FROM " + HISTORY + " h ORDER BY installed_rank");
    }

    @Test
    void a_squash_gives_empty_databases_the_same_and_re_labels_old_ones_until_that_is_taken_back() throws Exception {
        TestDatabase database = school();
        assertThat(Run.migrate(database).outcome()).isEqualTo("SUCCEEDED MIGRATED");
        List<String> history = rows(database);
        Catalog before = catalog(database);

        Run draft = squash(database, "academics", "results");
        assertThat(draft.outcome()).as(draft.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        put(draft, database);
        TestDatabase fresh = school();
        put(draft, fresh);
        Run made = Run.migrate(fresh);
        assertThat(made.outcome()).as(made.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(before.differences(catalog(fresh))).isEmpty();
        assertThat(fresh.askAll("SELECT title FROM program ORDER BY id")).containsExactly("Arts; it's", "Sciences");
        assertThat(fresh.ask("SELECT nextval('tickets')")).isEqualTo("101");

        Run relabel = relabel(database, Map.of());
        assertThat(relabel.outcome()).as(relabel.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(database.askAll("SELECT version FROM " + HISTORY + " WHERE version IS NOT NULL"))
                .containsExactly("1");
        assertThat(database.askAll("SELECT h::text FROM " + HISTORY + "_before_squash h ORDER BY installed_rank"))
                .isEqualTo(history);
        assertThat(before.differences(
                        catalog(database).without(object -> object.identity().contains("_before_squash"))))
                .isEmpty();
        assertThat(Run.migrate(database).step("inspect")).contains("nothing to do");
        assertThat(relabel(database, Map.of()).step("inspect")).contains("nothing to do");

        Run back = relabel(database, Map.of("takeBack", true));
        assertThat(back.outcome()).as(back.toString()).isEqualTo("SUCCEEDED ROLLED_BACK");
        assertThat(rows(database)).isEqualTo(history);
        assertThat(before.differences(catalog(database))).isEmpty();
    }

    @Test
    void a_database_with_another_schema_keeps_its_history() throws Exception {
        TestDatabase database = school();
        assertThat(Run.migrate(database).outcome()).isEqualTo("SUCCEEDED MIGRATED");
        Run draft = squash(database, "academics");
        assertThat(draft.outcome()).as(draft.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        TestDatabase other = school();
        Files.delete(other.project().resolve("academics/V3__later.sql"));
        other.file("requests/V1__requests.sql", "SELECT 1;")
                .file("results/V1__results.sql", "SELECT 1;")
                .file("results/V2__freeze.sql", "SELECT 1;");
        assertThat(Run.migrate(other).outcome()).isEqualTo("SUCCEEDED MIGRATED");
        List<String> history = rows(other);
        Files.delete(other.project().resolve("academics/V1__programs.sql"));
        Files.delete(other.project().resolve("academics/V2__batches.sql"));
        for (Object file : draft.results("files")) {
            other.file(
                    file.toString(),
                    given().get(draft.path() + "/files/" + file).asString());
        }

        Run relabel = relabel(other, Map.of("modules", List.of("academics")));

        assertThat(relabel.outcome()).isEqualTo("FAILED UNCHANGED");
        assertThat(relabel.toString()).contains("not what the project's scripts lead to");
        assertThat(rows(other)).isEqualTo(history);
    }

    @Test
    void scripts_that_change_rows_of_another_module_are_named_and_not_squashed() {
        TestDatabase database =
                school().file("results/V3__rename.sql", "UPDATE public.program SET title = 'Art' WHERE id = 1;");
        assertThat(Run.migrate(database).outcome()).isEqualTo("SUCCEEDED MIGRATED");

        Run draft = squash(database, "results");

        assertThat(draft.outcome()).isEqualTo("FAILED UNCHANGED");
        assertThat(draft.toString()).contains("public.program").contains("V3__rename.sql");
    }

    @Test
    void modules_that_are_not_there_or_have_nothing_to_squash_are_refused() {
        given().contentType("application/json")
                .body(Map.of("database", school().name(), "kind", "squash", "modules", List.of("nothing", "requests")))
                .post("/drafts")
                .then()
                .statusCode(400)
                .body("errors.pointer", org.hamcrest.Matchers.contains("#/modules/0", "#/modules/1"));
    }
}
