package dev.belay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class AcceptanceIT {

    @Test
    void a_database_at_which_everything_holds_is_accepted_and_stays_as_it_is() {
        TestDatabase database = at("""
                checks:
                  - {name: all is applied, applied: all}
                  - {name: a clerk is there, sql: SELECT count(*) = 1 FROM clerk, atAcceptance: true}
                samples: [{name: another clerk, sql: INSERT INTO clerk VALUES (2)}]
                """).flywayMigrate();

        Run run = accept(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.step("accept")).isEqualTo("3 checks and samples passed");
        assertThat(run.results("checks.state")).containsExactly("PASSED", "PASSED", "PASSED");
        assertThat(database.ask("SELECT count(*) FROM clerk")).isEqualTo("1");
    }

    @Test
    void what_does_not_hold_and_what_cannot_be_asked_is_not_accepted() {
        TestDatabase database = at("""
                checks:
                  - {name: all is applied, applied: app}
                  - {name: it answers, http: /health}
                  - {name: later, sql: SELECT true, from: '2'}
                  - {name: holds, sql: SELECT true}
                """).flywayMigrate().script("V2__next.sql", "CREATE TABLE room (id int)");

        Run run = accept(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).isEqualTo("check-failed");
        assertThat(run.detail())
                .contains(
                        "Of 4 checks and samples, 3 checks failed: \"all is applied\": all scripts have to be applied,"
                                + " but app has pending [V2__next.sql]")
                .contains("\"it answers\": no belay.databases.")
                .contains("\"later\": holds from app 2 on")
                .contains("Nothing was changed");
    }

    @Test
    void a_project_that_asks_nothing_cannot_be_accepted() {
        Run run = accept(at("").flywayMigrate());

        assertThat(run.problem()).as(run.toString()).isEqualTo("check-failed");
        assertThat(run.detail()).contains("there is nothing to accept");
    }

    private static TestDatabase at(String yaml) {
        return TestDatabase.claim()
                .script("V1__first.sql", "CREATE TABLE clerk (id int PRIMARY KEY); INSERT INTO clerk VALUES (1)")
                .yaml("modules: [{name: app}]\n" + yaml);
    }

    private static Run accept(TestDatabase database) {
        return Run.start("acceptances", database, Map.of()).await();
    }
}
