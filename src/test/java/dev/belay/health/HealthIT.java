package dev.belay.health;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.database.DatabaseRegistry;
import dev.belay.web.Madaris;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
class HealthIT {

    private final DatabaseRegistry databases;
    private Madaris madaris;

    HealthIT(DatabaseRegistry databases) {
        this.databases = databases;
    }

    @BeforeEach
    void empty() {
        madaris = new Madaris(databases);
        madaris.reset();
    }

    private static List<String> checks(String path) {
        Response answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.jsonPath().getList("checks.name");
    }

    @Test
    void live_asks_nothing_but_the_process() {
        assertThat(checks("/q/health/live")).containsExactly("process");
    }

    @Test
    void ready_is_the_control_database_and_taking_work() {
        assertThat(checks("/q/health/ready"))
                .containsExactlyInAnyOrder("control database", "takes work", "Graceful Shutdown");
    }

    @Test
    void started_is_the_end_of_the_start() {
        assertThat(checks("/q/health/started")).containsExactly("started");
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void what_is_open_to_everybody_tells_no_more_than_up_and_down(String probe) {
        assertThat(get("/q/health/" + probe).jsonPath().<Map<String, ?>>getList("checks"))
                .allSatisfy(check -> assertThat(check).containsOnlyKeys("name", "status"));
    }

    @Test
    void the_schemas_are_in_none_of_the_probes() {
        assertThat(checks("/q/health")).doesNotContain("schema");
    }

    @Test
    void a_database_that_is_behind_is_up() {
        Response answer = get("/q/health/group/schema");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getInt("checks[0].data.BEHIND")).isEqualTo(1);
    }

    @Test
    void a_failed_script_is_down_and_leaves_belay_ready() {
        madaris.migrate("latest");
        madaris.recordFailure();

        assertThat(get("/q/health/group/schema").statusCode()).isEqualTo(503);
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void a_group_that_does_not_exist_is_not_up() {
        assertThat(get("/q/health/group/schemas").statusCode()).isEqualTo(404);
    }
}
