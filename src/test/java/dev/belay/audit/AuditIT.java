package dev.belay.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class AuditIT {

    private static final String V1 = """
            CREATE TABLE member (id int PRIMARY KEY, status text);
            INSERT INTO member SELECT i, CASE WHEN i <= 30 THEN 'approved' ELSE 'new' END FROM generate_series(1, 100) i;
            CREATE TABLE loan (id int PRIMARY KEY, member_id int REFERENCES member);
            CREATE TABLE other (id smallserial PRIMARY KEY, note text);
            INSERT INTO other SELECT 30000, 'x'; SELECT setval('other_id_seq', 30000);
            """;

    @Test
    void only_tables_that_the_scripts_name_are_counted_with_their_relations() {
        TestDatabase database = at().script("V2__next.sql", "ALTER TABLE public.member ADD mail text -- not other\n;");

        Run run = Run.audit(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.results("audit.tables.name")).containsExactly("public.member");
        assertThat(run.<Integer>list("audit.tables.rows")).containsExactly(100);
        assertThat(run.<Integer>list("audit.tables.tableBytes")).allMatch(bytes -> bytes > 0);
        assertThat(run.<List<Map<String, Object>>>list("audit.tables.relations.referencedBy"))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
        assertThat(run.results("audit.unindexedForeignKeys.table")).containsExactly("public.loan");
    }

    @Test
    void with_nothing_pending_all_tables_of_the_project_are_counted() {
        Run run = Run.audit(at());

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.step("inspect")).contains("nothing is pending");
        assertThat(run.results("audit.tables.name"))
                .containsExactly("public.flyway_schema_history", "public.loan", "public.member", "public.other");
        assertThat(run.results("audit.sequences.name")).containsExactly("public.other_id_seq");
        assertThat(run.<Float>list("audit.sequences.used")).allMatch(used -> used > 0.9 && used < 1);
    }

    @Test
    void rows_under_the_filters_are_counted_and_one_that_cannot_be_counted_says_why() {
        TestDatabase database = at().yaml("""
                modules: [{name: app}]
                filters:
                  - {name: active, table: member, where: "status = 'approved' -- the others wait"}
                  - {name: new, table: Public.Member, where: "status ? 'x'"}
                  - {name: later, table: '"Later"', where: "true"}
                """);

        Run run = Run.audit(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.<Integer>list("audit.filters.rows")).containsExactly(30, null, null);
        assertThat(run.<String>list("audit.filters.problem"))
                .satisfiesExactly(
                        none -> assertThat(none).isNull(),
                        broken -> assertThat(broken).contains("operator does not exist"),
                        missing -> assertThat(missing).contains("there is no such table now"));
    }

    @Test
    void a_filter_makes_its_table_one_that_is_counted() {
        TestDatabase database =
                at().script("V2__next.sql", "CREATE TABLE fresh (id int)").yaml("""
                        modules: [{name: app}]
                        filters: [{name: active, table: member, where: status = 'approved'}]
                        """);

        assertThat(Run.audit(database).results("audit.tables.name")).containsExactly("public.member");
    }

    @Test
    void a_filter_cannot_write() {
        TestDatabase database = at().execute("CREATE FUNCTION wipe() RETURNS bool LANGUAGE sql AS"
                        + " 'DELETE FROM loan; DELETE FROM member; SELECT true'")
                .yaml("""
                        modules: [{name: app}]
                        filters: [{name: wiped, table: member, where: wipe()}]
                        """);

        Run run = Run.audit(database);

        assertThat(run.<String>list("audit.filters.problem"))
                .singleElement()
                .asString()
                .contains("read-only transaction");
        assertThat(database.ask("SELECT count(*) FROM member")).isEqualTo("100");
    }

    @Test
    void a_long_transaction_is_named_without_what_it_does() throws SQLException {
        TestDatabase database = at();
        try (Connection session = database.address().open();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("SET LOCAL application_name = 'report'; SELECT pg_sleep(5.5), 'secret'");

            Run run = Run.audit(database);

            assertThat(run.results("audit.longTransactions.application")).containsExactly("report");
            assertThat(run.results("audit.longTransactions.state")).containsExactly("idle in transaction");
            assertThat(run.step("audit")).contains("the longest open transaction is");
            assertThat(run.toString()).doesNotContain("secret");
        }
    }

    @Test
    void a_table_that_somebody_keeps_locked_is_left_out_and_said_to_be() throws SQLException {
        TestDatabase database = at();
        try (Connection session = database.address().open();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("LOCK TABLE public.other IN ACCESS EXCLUSIVE MODE");

            Run run = Run.audit(database);

            assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
            assertThat(run.<String>list("audit.tables.problem"))
                    .anySatisfy(problem -> assertThat(problem).contains("lock timeout"));
        }
    }

    @Test
    void an_audit_that_is_cancelled_stops_in_the_midst_of_a_count() {
        TestDatabase database = at().execute(
                        "CREATE FUNCTION slow() RETURNS bool LANGUAGE sql VOLATILE AS 'SELECT pg_sleep(60) IS NOT NULL'")
                .yaml("""
                        modules: [{name: app}]
                        filters: [{name: slow, table: member, where: slow()}]
                        """);

        Run run = Run.start("audits", database, Map.of());
        run.during("audit", () -> given().post(run.path() + "/cancel").then().statusCode(202))
                .await();

        assertThat(run.outcome()).as(run.toString()).isEqualTo("CANCELLED UNCHANGED");
        assertThat(database.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'belay " + run.id()
                        + "' AND state = 'active'"))
                .isEqualTo("0");
    }

    @Test
    void an_audit_works_without_the_rights_of_a_superuser() {
        TestDatabase database = TestDatabase.claimLimited();
        database.execute(
                "SET ROLE belay_limited; CREATE TABLE member (id int PRIMARY KEY); INSERT INTO member VALUES (1)");

        Run run = Run.audit(database.yaml("modules: [{name: app, baseline: '1'}]"));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(run.<Integer>list("audit.tables.rows")).containsExactly(1);
    }

    private static TestDatabase at() {
        return TestDatabase.claim().script("V1__first.sql", V1).flywayMigrate();
    }
}
