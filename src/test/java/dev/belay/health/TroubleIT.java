package dev.belay.health;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = TroubleResource.class, restrictToAnnotatedClass = true)
class TroubleIT {

    @Test
    void all_databases_are_listed_in_seconds_whatever_their_servers_do() {
        long begun = System.nanoTime();
        Response answer = get("/databases");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
        assertThat(answer.jsonPath().getList("items.name"))
                .isEqualTo(List.of("broken", "frozen", "madaris", "stopped"));
        assertThat(answer.jsonPath().getList("items.status"))
                .isEqualTo(List.of("INVALID", "UNREACHABLE", "BEHIND", "UNREACHABLE"));
        assertThat(answer.asString()).doesNotContain("swordfish", "Exception", "dev.belay");
    }

    @Test
    void a_stopped_server_is_told_and_waited_for() {
        Response schema = get("/databases/stopped/schema");
        Response gate = get("/databases/stopped/gate?min=1");

        assertThat(schema.statusCode()).isEqualTo(200);
        assertThat(schema.jsonPath().getString("status")).isEqualTo("UNREACHABLE");
        assertThat(schema.jsonPath().getString("problem")).contains("refused");
        assertThat(gate.statusCode()).isEqualTo(503);
        assertThat(gate.header("Retry-After")).isNotBlank();
        assertThat(get("/databases/stopped/relations?table=a").statusCode()).isEqualTo(503);
    }

    @Test
    void a_project_that_cannot_be_read_blocks_its_gate() {
        Response gate = get("/databases/broken/gate");

        assertThat(gate.statusCode()).isEqualTo(409);
        assertThat(gate.jsonPath().getString("reason")).contains("belay.yaml");
    }

    @Test
    void a_targets_trouble_never_takes_belay_out_of_service() {
        Response schema = get("/q/health/group/schema");

        assertThat(schema.statusCode()).isEqualTo(503);
        assertThat(schema.jsonPath().getInt("checks[0].data.UNREACHABLE")).isEqualTo(2);
        assertThat(schema.asString()).doesNotContain("swordfish");
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/q/health").statusCode()).isEqualTo(200);
    }
}
