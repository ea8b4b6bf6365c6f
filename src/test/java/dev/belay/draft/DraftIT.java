package dev.belay.draft;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Drafts over HTTP. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class DraftIT {

    static final Map<String, Object> TO_FILE = Map.of("kind", "diff", "desired", Map.of("file", "desired.sql"));

    static TestDatabase shop() {
        return TestDatabase.claim()
                .script(
                        "V001__shop.sql",
                        "CREATE TABLE customer (id serial PRIMARY KEY, name varchar(40) NOT NULL, mail text);"
                                + " CREATE TABLE purchase (id int PRIMARY KEY, customer int REFERENCES customer);"
                                + " CREATE VIEW names AS SELECT id, name FROM customer")
                .flywayMigrate()
                .execute("INSERT INTO customer (name, mail) SELECT 'c' || i, i || '@x' FROM generate_series(1, 20) i")
                .file("desired.sql", """
                        CREATE TABLE client (id serial PRIMARY KEY, name text NOT NULL, e_mail text, since date);
                        CREATE TABLE purchase (id int PRIMARY KEY, customer int REFERENCES client);
                        CREATE VIEW names AS SELECT id, name FROM client;
                        """);
    }

    private static Map<String, Object> renaming() {
        Map<String, Object> request = new HashMap<>(TO_FILE);
        request.put("name", "Client, not customer");
        request.put(
                "renames",
                List.of(
                        Map.of("table", "customer", "to", "client"),
                        Map.of("table", "client", "column", "mail", "to", "e_mail")));
        return request;
    }

    private static Run draft(TestDatabase database, Map<String, Object> request) {
        Run run = Run.start("drafts", database, request).await();
        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        return run;
    }

    @Test
    void what_was_drafted_is_proven_left_to_a_person_and_does_its_work_on_rows() throws Exception {
        TestDatabase database = shop();
        List<String> before = files(database.project());

        Run run = draft(database, renaming());

        assertThat(run.results("files"))
                .containsExactly("app/V002__client_not_customer.sql", "app/U002__client_not_customer.sql");
        assertThat(files(database.project())).isEqualTo(before);
        assertThat(database.ask("SELECT count(*) FROM customer")).isEqualTo("20");
        for (String file : run.results("files")) {
            database.file(
                    file,
                    given().get(run.path() + "/files/" + file)
                            .then()
                            .statusCode(200)
                            .contentType(ContentType.TEXT)
                            .extract()
                            .asString());
        }
        Run migration = Run.migrate(database);
        assertThat(migration.outcome()).as(migration.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(migration.result("reversible")).isEqualTo("true");
        assertThat(database.ask("SELECT count(*) || ' ' || max(e_mail) FROM client"))
                .isEqualTo("20 9@x");
        review(migration);
        Run undo = Run.undo(database, Map.of());
        assertThat(undo.outcome()).as(undo.toString()).isEqualTo("SUCCEEDED ROLLED_BACK");
        assertThat(database.ask("SELECT count(*) || ' ' || max(mail) FROM customer"))
                .isEqualTo("20 9@x");
    }

    private static void review(Run migration) {
        JsonPath review = given().get(migration.path() + "/review")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(review.getList("review.changes.findAll { it.renamedFrom != null }.renamedFrom", String.class))
                .contains("public.customer", "mail", "customer_pkey", "public.customer_id_seq");
        assertThat(review.getList("review.lostProperties.property")).containsExactly("length");
        assertThat(review.getList("review.unindexedForeignKeys.name")).containsExactly("purchase_customer_fkey");
        assertThat(review.getList("proven")).hasSize(3);
    }

    @Test
    void the_report_comes_in_three_forms_and_equal_drafts_give_equal_zips() throws Exception {
        TestDatabase database = shop();

        Run run = draft(database, renaming());
        Run again = draft(database, renaming());

        byte[] zip = zip(run);
        assertThat(zip(again)).isEqualTo(zip);
        assertThat(entries(zip))
                .containsExactly("app/U002__client_not_customer.sql", "app/V002__client_not_customer.sql", "review.md");
        assertThat(given().accept("text/markdown").get(run.path() + "/review").asString())
                .contains("# Draft: Client, not customer", "was public.customer", "character varying(40)", "since");
        assertThat(given().accept("text/html").get(run.path() + "/review").asString())
                .contains("<h1>Draft: Client, not customer", "→ text");
        assertThat(given().get(run.path() + "/review").jsonPath().getList("review.changes"))
                .isNotEmpty();
        assertThat(given().get(run.path() + "/files").jsonPath().getList("items.path"))
                .isEqualTo(run.results("files"));
        assertThat(given().get(run.path() + "/files/app/V9__x.sql").statusCode())
                .isEqualTo(404);
    }

    private static byte[] zip(Run run) {
        return given().get(run.path() + "/zip")
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();
    }

    private static List<String> entries(byte[] zip) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream input = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void without_a_named_rename_the_loss_is_said_with_what_it_may_have_become() {
        TestDatabase database = shop();
        database.file(
                "desired.sql",
                "CREATE TABLE customer (id serial PRIMARY KEY, e_mail text, must int NOT NULL,"
                        + " name varchar(40) NOT NULL);"
                        + " CREATE TABLE purchase (id int PRIMARY KEY, customer int REFERENCES customer);"
                        + " CREATE VIEW names AS SELECT id, name FROM customer");

        Run run = draft(database, TO_FILE);

        List<String> remarks = run.<Map<String, String>>list("remarks").stream()
                .map(remark -> remark.get("level") + " " + remark.get("about") + " " + remark.get("text"))
                .toList();
        assertThat(remarks)
                .anyMatch(remark -> remark.startsWith("LOSS public.customer.mail"))
                .anyMatch(remark ->
                        remark.startsWith("LOOK public.customer.mail It may have become" + " public.customer.e_mail"))
                .anyMatch(remark -> remark.startsWith("LOOK public.customer.must"))
                .anyMatch(remark -> remark.startsWith("LIMIT public.customer PostgreSQL puts a column"));
    }

    @Test
    void another_managed_database_may_be_the_desired_schema() {
        String filled = "CREATE MATERIALIZED VIEW seen AS SELECT 1 AS one";
        TestDatabase database = shop().execute(filled);
        TestDatabase other = TestDatabase.claim()
                .script("V1__all.sql", filled + "; CREATE TABLE \"Other \"\"one\"\"\" (id bigint PRIMARY KEY)")
                .flywayMigrate();

        Run run = draft(database, Map.of("kind", "diff", "desired", Map.of("database", other.name())));

        assertThat(given().get(run.path() + "/files/app/V002__diff.sql").asString())
                .contains("CREATE TABLE public.\"Other \"\"one\"\"\"", "DROP TABLE public.customer")
                .doesNotContain("flyway_schema_history");
    }

    @Test
    void the_report_holds_whatever_names_there_are() {
        TestDatabase database = TestDatabase.claim()
                .script("V1__a.sql", "CREATE TABLE a (id int)")
                .flywayMigrate()
                .file("desired.sql", "CREATE TABLE a (id int); CREATE TABLE \"<b>`|x\" (id int)");

        Run run = draft(database, TO_FILE);

        assertThat(given().accept("text/html").get(run.path() + "/review").asString())
                .contains("&lt;b&gt;`|x")
                .doesNotContain("<b>");
        assertThat(given().accept("text/markdown").get(run.path() + "/review").asString())
                .contains("`` public.\"<b>`|x\" ``");
    }

    @Test
    void where_nothing_differs_nothing_is_written() {
        TestDatabase database = TestDatabase.claim()
                .script("V1__a.sql", "CREATE TABLE a (id int)")
                .flywayMigrate()
                .file("desired.sql", "CREATE TABLE a (id int)");

        assertThat(draft(database, TO_FILE).results("files")).isEmpty();
    }

    @Test
    void materialised_views_are_readable_again_after_the_way_back() throws Exception {
        TestDatabase database = TestDatabase.claim()
                .script(
                        "V1__a.sql",
                        "CREATE TABLE a (id int, x text); CREATE MATERIALIZED VIEW m AS SELECT id, x FROM a")
                .flywayMigrate()
                .execute("INSERT INTO a VALUES (1, 'x')", "REFRESH MATERIALIZED VIEW m")
                .file(
                        "desired.sql",
                        "CREATE TABLE a (id bigint, x text); CREATE MATERIALIZED VIEW m AS SELECT id, x FROM a");
        take(draft(database, TO_FILE), database);

        assertThat(Run.migrate(database).outcome()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(database.ask("SELECT count(*) FROM m")).isEqualTo("1");
        assertThat(Run.undo(database, Map.of()).outcome()).isEqualTo("SUCCEEDED ROLLED_BACK");
        assertThat(database.ask("SELECT count(*) FROM m")).isEqualTo("1");
    }

    @Test
    void it_is_said_when_a_later_module_could_not_be_made_on_a_new_database_any_more() throws Exception {
        TestDatabase database = TestDatabase.claim()
                .yaml("modules:\n  - {name: base}\n  - {name: reports, dependsOn: [base]}\n")
                .file("base/V1__a.sql", "CREATE TABLE a (id int PRIMARY KEY);")
                .file("reports/V1__r.sql", "CREATE TABLE r (id int REFERENCES a);")
                .file("desired.sql", "CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE r (id int REFERENCES b);");
        assertThat(Run.migrate(database).outcome()).isEqualTo("SUCCEEDED MIGRATED");
        Map<String, Object> request = new HashMap<>(TO_FILE);
        request.put("renames", List.of(Map.of("table", "a", "to", "b")));

        request.put("module", "base");
        assertThat(draft(database, request).toString())
                .contains("no new database can be made any more")
                .contains("in reports, V1__r.sql");
        request.put("module", "reports");
        Run later = draft(database, request);
        assertThat(later.toString()).doesNotContain("no new database");
        assertThat(given().get(later.path() + "/review").jsonPath().getList("proven", String.class))
                .contains("A new database: all scripts of all modules run in an empty one.");
    }

    /** Puts the files of a draft into the project. */
    private static void take(Run draft, TestDatabase database) {
        given().get(draft.path() + "/files")
                .jsonPath()
                .<Map<String, Object>>getList("items")
                .forEach(file -> database.file(String.valueOf(file.get("path")), String.valueOf(file.get("content"))));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toString).sorted().toList();
        }
    }
}
