package dev.belay.web;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.database.DatabaseRegistry;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
class DatabasesIT {

    private static final String SWEEP = "sweep";
    private static final String JOB = "7a1f6c1e-1f0b-4f0e-9a55-0d6f7c3a2b11";

    private final DatabaseRegistry databases;
    private final DataSource control;
    private final Scheduler scheduler;
    private Madaris madaris;

    DatabasesIT(DatabaseRegistry databases, DataSource control, Scheduler scheduler) {
        this.databases = databases;
        this.control = control;
        this.scheduler = scheduler;
    }

    @BeforeEach
    void empty() {
        madaris = new Madaris(databases);
        madaris.reset();
    }

    @AfterEach
    void forget() throws SQLException {
        control("DELETE FROM backup", "DELETE FROM job");
        scheduler.resume(SWEEP);
    }

    private void control(String... statements) throws SQLException {
        try (Connection session = control.getConnection();
                Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String gate(String query, int status) {
        Response answer = get("/databases/madaris/gate" + query);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        return answer.jsonPath().getString("status");
    }

    private static JsonPath schema() {
        Response answer = get("/databases/madaris/schema");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.jsonPath();
    }

    @Test
    void a_gate_opens_with_the_migration_and_closes_with_a_failure() {
        assertThat(gate("", 503)).isEqualTo("WAIT");
        assertThat(get("/databases/madaris/gate").header("Retry-After")).isEqualTo("5");

        madaris.migrate("1");
        assertThat(schema().getString("status")).isEqualTo("BEHIND");
        assertThat(schema().getString("modules[0].current")).isEqualTo("1");
        assertThat(gate("?min=1", 200)).isEqualTo("SATISFIED");
        assertThat(gate("?min=2", 503)).isEqualTo("WAIT");

        madaris.migrate("latest");
        assertThat(schema().getString("status")).isEqualTo("UP_TO_DATE");
        assertThat(gate("", 200)).isEqualTo("SATISFIED");
        assertThat(gate("?module=madaris&min=2&max=99", 200)).isEqualTo("SATISFIED");
        assertThat(gate("?max=1", 409)).isEqualTo("BLOCKED");
        assertThat(gate("?min=99", 503)).isEqualTo("WAIT");

        madaris.recordFailure();
        assertThat(schema().getString("status")).isEqualTo("FAILED");
        assertThat(gate("?min=1", 409)).isEqualTo("BLOCKED");
    }

    @Test
    void a_changed_script_makes_the_schema_dirty() {
        madaris.migrate("latest");
        madaris.execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'");

        assertThat(schema().getString("status")).isEqualTo("DIRTY");
        assertThat(schema().getList("modules[0].mismatched", String.class)).hasSize(1);
        assertThat(gate("", 409)).isEqualTo("BLOCKED");
    }

    @Test
    void a_history_with_undo_rows_of_a_paid_edition_is_not_usable() {
        madaris.migrate("1");
        madaris.execute("UPDATE flyway_schema_history SET type = 'UNDO_SQL'");

        assertThat(schema().getString("status")).isEqualTo("INVALID");
        assertThat(schema().getString("problem")).contains("undo rows");
        assertThat(gate("", 409)).isEqualTo("BLOCKED");
    }

    @Test
    void a_module_that_the_project_does_not_have_is_not_found() {
        assertThat(get("/databases/madaris/gate?module=other").statusCode()).isEqualTo(404);
    }

    @Test
    void a_gate_holds_its_answer_until_the_schema_is_there() throws Exception {
        Thread migration = new Thread(() -> madaris.migrate("latest"));
        long begun = System.nanoTime();
        migration.start();

        assertThat(gate("?wait=25s", 200)).isEqualTo("SATISFIED");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        migration.join();
    }

    @Test
    void a_gate_that_stays_shut_answers_when_the_patience_ends() {
        long begun = System.nanoTime();

        assertThat(gate("?wait=2s", 503)).isEqualTo("WAIT");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void the_job_under_way_and_the_last_proven_backup_are_shown() throws SQLException {
        madaris.migrate("latest");
        // Else the runner takes the row for an order.
        scheduler.pause(SWEEP);
        control(
                "INSERT INTO job (id, kind, database, state, database_state, request, requested_by, created_at, no_return)"
                        + " VALUES ('" + JOB
                        + "', 'MIGRATION', 'madaris', 'RUNNING', 'UNCHANGED', '{}', 'test', now(), true)",
                "INSERT INTO backup (id, job_id, database, archive, manifest, bytes, tables, rows, created_at, proven_at)"
                        + " VALUES ('" + JOB + "', '" + JOB + "', 'madaris', 'a', 'm', 1, 31, 4711, now(), now())");

        assertThat(schema().getString("job.link")).isEqualTo("/migrations/" + JOB);
        assertThat(schema().getString("job.state")).isEqualTo("RUNNING");
        assertThat(schema().getLong("lastProvenBackup.rows")).isEqualTo(4711);
        assertThat(gate("?min=1", 503)).isEqualTo("WAIT");
    }

    @Test
    void databases_are_listed_with_where_to_go_from_there() {
        JsonPath list = get("/databases").jsonPath();

        assertThat(list.getList("items.name")).isEqualTo(List.of("madaris"));
        assertThat(list.getString("items[0].status")).isEqualTo("BEHIND");
        assertThat(get(list.getString("items[0].links.self")).jsonPath().getString("name"))
                .isEqualTo("madaris");
        assertThat(get(list.getString("items[0].links.schema")).statusCode()).isEqualTo(200);
        assertThat(get("/databases").asString()).doesNotContain("password");
    }

    @Test
    void relations_are_found_with_the_schema_and_where_it_is_clear_without() {
        madaris.execute(
                "CREATE TABLE \"Pupil.old\" (id int PRIMARY KEY)",
                "CREATE TABLE mark (pupil int REFERENCES \"Pupil.old\")",
                "CREATE SCHEMA archive",
                "CREATE TABLE archive.mark (pupil int)");
        try {
            assertThat(get("/databases/madaris/relations?table=Pupil.old")
                            .jsonPath()
                            .getList("referencedBy.table"))
                    .isEqualTo(List.of("public.mark"));
            assertThat(get("/databases/madaris/relations?table=public.mark").statusCode())
                    .isEqualTo(200);
            assertThat(drawn("text/vnd.mermaid")).contains("flowchart LR", "public.mark");
            assertThat(drawn("text/vnd.graphviz")).contains("digraph", "pupil ON DELETE NO ACTION");
            assertThat(drawn("image/svg+xml")).startsWith("<svg").contains("public.mark");
            Response ambiguous = get("/databases/madaris/relations?table=mark");
            assertThat(ambiguous.statusCode()).isEqualTo(400);
            assertThat(ambiguous.jsonPath().getString("detail")).contains("archive.mark", "public.mark");
            assertThat(get("/databases/madaris/relations?table=pupil.old").statusCode())
                    .isEqualTo(404);
        } finally {
            madaris.execute("DROP SCHEMA archive CASCADE");
        }
    }

    private static String drawn(String type) {
        Response answer = RestAssured.given().accept(type).get("/databases/madaris/relations?table=Pupil.old");
        assertThat(answer.contentType()).startsWith(type);
        return answer.asString();
    }
}
