package dev.belay.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ChecksIT {

    private static final String V1 = "CREATE TABLE member (id int PRIMARY KEY, mail text);\n"
            + "INSERT INTO member VALUES (1, 'a'), (2, NULL);\nCREATE TABLE loan (id serial PRIMARY KEY,"
            + " member_id int REFERENCES member DEFERRABLE INITIALLY DEFERRED)";
    private static final String V2 = "ALTER TABLE member ADD number text";

    @Test
    void checks_and_samples_run_on_the_copy_and_on_the_database_and_are_reported_one_by_one() {
        TestDatabase database = at("""
                checks:
                  - {name: members are there, sql: SELECT count(*) = 2 FROM member;, from: '2'}
                  - {name: no loans, noRows: SELECT FROM loan}
                  - {name: later, sql: SELECT false, from: '3'}
                  - {name: the portal answers, http: /health}
                samples:
                  - name: a loan
                    sql: |
                      INSERT INTO member VALUES (3, 'c');
                      INSERT INTO loan (member_id) VALUES (3);
                """);

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(shown(run, "copy"))
                .containsExactly(
                        "members are there SQL PASSED true",
                        "no loans NO_ROWS PASSED no rows",
                        "the portal answers HTTP NOT_RUN asked after the apply only: the copy has no application",
                        "a loan SAMPLE PASSED 2 rows made and rolled back",
                        "later SQL NOT_RUN holds from app 3 on");
        assertThat(shown(run, "database"))
                .contains("members are there SQL PASSED true", "a loan SAMPLE PASSED 2 rows made and rolled back")
                .anyMatch(result -> result.startsWith("the portal answers HTTP NOT_RUN no belay.databases."));
        assertThat(run.step("verify")).contains("3 checks and samples passed, 2 not run");
        assertThat(database.ask("SELECT count(*) FROM member")).isEqualTo("2");
        assertThat(database.ask("SELECT count(*) FROM loan")).isEqualTo("0");
    }

    @Test
    void a_check_that_fails_on_the_copy_keeps_the_database_untouched_and_the_others_are_still_asked() {
        TestDatabase database = at("""
                checks:
                  - {name: all have mail, noRows: SELECT * FROM member WHERE mail IS NULL}
                  - {name: nothing known, sql: SELECT NULL::bool}
                  - {name: two columns, sql: "SELECT true, true"}
                  - {name: a number, sql: SELECT 1}
                  - {name: broken, sql: SELECT nothing}
                  - {name: writes, sql: WITH gone AS (DELETE FROM member RETURNING *) SELECT true FROM gone}
                  - {name: holds, sql: SELECT true}
                """);

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("check-failed");
        assertThat(run.detail())
                .contains("6 checks failed: \"all have mail\": has to return no row, but returns 1")
                .contains("the database itself was only read");
        assertThat(shown(run, "copy"))
                .satisfiesExactly(
                        one -> assertThat(one).contains("FAILED"),
                        one -> assertThat(one).endsWith("FAILED has to be true, but is NULL"),
                        one -> assertThat(one).endsWith("FAILED has to return one column, but returns 2"),
                        one -> assertThat(one).contains("FAILED has to return true or false"),
                        one -> assertThat(one)
                                .contains("FAILED PostgreSQL said: ")
                                .contains("does not exist"),
                        one -> assertThat(one).contains("read-only transaction"),
                        one -> assertThat(one).endsWith("PASSED true"));
        assertThat(run.stepState("apply")).isEqualTo("SKIPPED");
        assertThat(database.ask("SELECT count(*) FROM member")).isEqualTo("2");
    }

    @Test
    void a_check_that_fails_after_the_apply_fails_the_job_as_migrated() {
        TestDatabase database = at("""
                checks:
                  - {name: only on the copy, sql: SELECT current_database() LIKE 'belay%'}
                """);

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED MIGRATED");
        assertThat(run.problem()).isEqualTo("verification-failed");
        assertThat(run.detail())
                .contains("a check failed: \"only on the copy\": has to be true, but is false.")
                .contains("POST /rollbacks leads back");
        assertThat(shown(run, "copy")).containsExactly("only on the copy SQL PASSED true");
    }

    @Test
    void a_check_and_a_sample_that_take_too_long_are_broken_off() {
        TestDatabase database = at("""
                checks: [{name: slow, sql: SELECT pg_sleep(60) IS NULL}]
                samples: [{name: slow steps, sql: SELECT pg_sleep(0.3); SELECT pg_sleep(0.3); SELECT pg_sleep(0.3)}]
                timeout: 500ms
                """);

        Run run = Run.migrate(database);

        assertThat(shown(run, "copy"))
                .containsExactly(
                        "slow SQL FAILED was not done within 0.5 s",
                        "slow steps SAMPLE FAILED line 1: was not done within 0.5 s");
    }

    @Test
    void a_sample_that_only_a_deferred_constraint_refuses_fails() {
        TestDatabase database = at("samples: [{name: an orphan, sql: INSERT INTO loan (member_id) VALUES (9)}]\n");

        Run run = Run.migrate(database);

        assertThat(run.problem()).as(run.toString()).isEqualTo("check-failed");
        assertThat(run.detail()).contains("violates foreign key constraint");
    }

    @Test
    void what_has_to_be_refused_is_tried_and_rolled_back_and_every_table_is_read() {
        TestDatabase database = at("""
                checks:
                  - name: a member counts once
                    refused: |
                      INSERT INTO member VALUES (3, 'c');
                      INSERT INTO member VALUES (3, 'd');
                    sqlState: '23505'
                    constraint: member_pkey
                  - {name: no orphan, refused: INSERT INTO loan (member_id) VALUES (9), sqlState: '23503'}
                  - {name: all can be read, readable: public}
                  - {name: all is applied, applied: all}
                """);

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(shown(run, "database"))
                .containsExactly(
                        "a member counts once REFUSED PASSED refused with 23505 by member_pkey",
                        "no orphan REFUSED PASSED refused with 23503 by loan_member_id_fkey",
                        "all can be read READABLE PASSED 3 tables and views read",
                        "all is applied APPLIED NOT_RUN asked by POST /acceptances alone");
        assertThat(database.ask("SELECT count(*) FROM member")).isEqualTo("2");
    }

    @Test
    void what_is_accepted_or_refused_for_another_reason_and_what_cannot_be_read_fails() {
        TestDatabase database = at("""
                checks:
                  - {name: accepted, refused: "INSERT INTO member VALUES (3, 'c')", sqlState: '23505'}
                  - {name: other state, refused: "INSERT INTO member VALUES (1, 'c')", sqlState: '23503'}
                  - {name: other key, refused: "INSERT INTO member VALUES (1, 'c')", sqlState: '23505', constraint: mail}
                  - {name: before the last, refused: SELECT 1 FROM nowhere; SELECT 1, sqlState: 42P01}
                  - {name: a broken view, readable: 'Büro "x"'}
                  - {name: nothing there, readable: nowhere}
                """)
                .execute(
                        "CREATE SCHEMA \"Büro \"\"x\"\"\"",
                        "CREATE VIEW \"Büro \"\"x\"\"\".\"Zahl 1\" AS SELECT 1 / (count(*) - 2) FROM member");

        Run run = Run.migrate(database);

        assertThat(run.problem()).as(run.toString()).isEqualTo("check-failed");
        assertThat(shown(run, "copy"))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .endsWith("REFUSED FAILED has to be refused with 23505, but was accepted"),
                        one -> assertThat(one).contains("but was refused with 23505 by member_pkey: duplicate key"),
                        one -> assertThat(one)
                                .contains("has to be refused with 23505 by mail, but was refused with 23505"),
                        one -> assertThat(one).contains("line 1, which only prepares: ", "does not exist"),
                        one -> assertThat(one).contains("READABLE FAILED Zahl 1: ", "division by zero"),
                        one -> assertThat(one).contains("has no table or view to read"));
    }

    @Test
    void the_application_is_asked_after_the_apply() {
        TestDatabase database = at(
                TestDatabase.claimNamed("answering1"),
                "checks: [{name: healthy, http: /health}, {name: front, http: /, status: 500}]\n");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(shown(run, "database"))
                .containsExactly("healthy HTTP PASSED answered 204", "front HTTP PASSED answered 500");
    }

    @Test
    void an_application_that_does_not_answer_well_fails_the_job_as_migrated() {
        TestDatabase database = at(TestDatabase.claimNamed("answering2"), "checks: [{name: front page, http: /}]\n");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED MIGRATED");
        assertThat(run.detail()).contains("has to be answered 200 to 299, but was answered 500");
    }

    @Test
    void a_sample_that_ends_its_transaction_is_refused_before_anything_is_done() {
        TestDatabase database = at("samples: [{name: stays, sql: \"INSERT INTO member VALUES (9, 'x');\\nCOMMIT\"}]\n");

        Run run = Run.migrate(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("project-invalid");
        assertThat(run.detail()).contains("the sample \"stays\" has on its line 2 a statement that begins or ends");
    }

    @Test
    void a_sample_cannot_end_its_transaction_from_within_a_block_either() {
        TestDatabase database = at("samples: [{name: sly, sql: \"DO $$ BEGIN DELETE FROM member; COMMIT; END $$\"}]\n");

        Run run = Run.migrate(database);

        assertThat(run.problem()).as(run.toString()).isEqualTo("check-failed");
        assertThat(run.detail()).contains("invalid transaction termination");
        assertThat(database.ask("SELECT count(*) FROM member")).isEqualTo("2");
    }

    @Test
    void what_the_demo_project_asks_holds_from_the_version_on_that_it_names() throws IOException {
        Path project = Path.of("deploy/projects/madaris");
        TestDatabase database = TestDatabase.claim().yaml(Files.readString(project.resolve("belay.yaml")));
        try (Stream<Path> scripts = Files.list(project.resolve("migrations"))) {
            for (Path script : scripts.toList()) {
                database.file("migrations/" + script.getFileName(), Files.readString(script));
            }
        }

        Run first = Run.migrate(database, Map.of("to", Map.of("madaris", "1")));
        Run second = Run.migrate(database);

        assertThat(first.outcome()).as(first.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(first.<String>list("checks.copy.state")).containsOnly("NOT_RUN");
        assertThat(second.outcome()).as(second.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(shown(second, "database"))
                .filteredOn(result -> result.contains(" PASSED "))
                .hasSize(4);
        assertThat(second.step("audit")).contains("not asked");
        assertThat(second.results("audit.findings")).isEmpty();
    }

    private static TestDatabase at(String yaml) {
        return at(TestDatabase.claim(), yaml);
    }

    private static TestDatabase at(TestDatabase database, String yaml) {
        return database.script("V1__first.sql", V1)
                .flywayMigrate()
                .script("V2__next.sql", V2)
                .yaml("modules: [{name: app}]\n" + yaml);
    }

    private static List<String> shown(Run run, String place) {
        return run.<Map<String, Object>>list("checks." + place).stream()
                .map(result -> result.get("name") + " " + result.get("kind") + " " + result.get("state") + " "
                        + result.get("detail"))
                .toList();
    }
}
