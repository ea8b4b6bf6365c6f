package dev.belay.rename;

import static io.restassured.RestAssured.given;
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
import org.junit.jupiter.api.Test;

/** Drafts of renames over HTTP: written, proven, put into the project, applied, and taken back. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class RenameDraftIT {

    private static final Map<String, String> PUPIL = Map.of("table", "person", "to", "pupil");

    private static TestDatabase people() {
        return TestDatabase.claim()
                .yaml("modules: [{name: app}]")
                .script("V1__people.sql", """
                CREATE TABLE person (id bigserial PRIMARY KEY, mail text UNIQUE);
                CREATE TABLE visit (id serial PRIMARY KEY, person_id bigint REFERENCES person);
                INSERT INTO person (mail) VALUES ('a');
                INSERT INTO visit (person_id) VALUES (1);
                """)
                .flywayMigrate();
    }

    private static Run draft(TestDatabase database, Map<String, ?> rename) {
        return Run.start("drafts", database, Map.of("kind", "rename", "rename", rename))
                .await();
    }

    private static void keep(TestDatabase database, Run draft) {
        List<String> files = draft.results("files");
        files.forEach(file -> database.file(
                file,
                given().get(draft.path() + "/files/" + file)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString()));
    }

    @Test
    void a_rename_is_drafted_applied_used_under_both_names_contracted_and_taken_back() {
        TestDatabase database = people();

        Run draft = draft(database, PUPIL);
        assertThat(draft.outcome()).as(draft.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(draft.results("files"))
                .containsExactly("app/V2__rename_person_to_pupil.sql", "app/U2__rename_person_to_pupil.sql");
        keep(database, draft);
        Run forward = Run.migrate(database);
        assertThat(forward.outcome()).as(forward.toString()).isEqualTo("SUCCEEDED MIGRATED");
        database.execute("INSERT INTO person (mail) VALUES ('b')", "INSERT INTO visit (person_id) VALUES (2)");
        assertThat(database.ask(
                        "SELECT string_agg(mail, ',' ORDER BY p.id) FROM pupil p JOIN visit v ON v.pupil_id = p.id"))
                .isEqualTo("a,b");

        Run contract = draft(database, Map.of("table", "person", "to", "pupil", "contract", true));
        assertThat(contract.outcome()).as(contract.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        keep(database, contract);
        assertThat(Run.migrate(database).outcome()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(database.ask("SELECT to_regclass('person') IS NULL")).isEqualTo("t");

        Run back = Run.undo(database, Map.of("to", Map.of("app", "1")));
        assertThat(back.outcome()).as(back.toString()).isEqualTo("SUCCEEDED ROLLED_BACK");
        assertThat(database.ask("SELECT count(*) FROM visit v JOIN person p ON p.id = v.person_id"))
                .isEqualTo("2");
    }

    @Test
    void a_request_that_names_what_is_not_there_is_told_so() {
        Run draft = draft(people(), Map.of("table", "nobody", "to", "somebody"));

        assertThat(draft.outcome()).isEqualTo("FAILED UNCHANGED");
        assertThat(draft.toString()).contains("no table public.nobody");
    }
}
