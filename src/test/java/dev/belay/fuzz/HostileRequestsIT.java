package dev.belay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.access.GuardedResource;
import dev.belay.postgres.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link FuzzIT} has found, one by one. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(HostileSurroundings.class)
@WithTestResource(GuardedResource.class)
class HostileRequestsIT {

    private static final String ADMIN = "Authorization: Bearer " + GuardedResource.ADMIN;

    private static RawAnswer judged(String method, String target, List<String> headers, String body) {
        RawRequest request =
                new RawRequest(method, target, headers, body.getBytes(StandardCharsets.UTF_8), false, false, Who.ADMIN);
        try (RawClient client = new RawClient("127.0.0.1", RestAssured.port)) {
            RawAnswer answer = client.send(request);
            List<String> secrets = List.of(
                    GuardedResource.ADMIN, String.valueOf(TestPostgres.server().password()));
            assertThat(new Judge(Set.of("application/json"), secrets).faults(request, answer))
                    .as(answer.toString())
                    .isEmpty();
            return answer;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "POST /nowhere 404",
                "DELETE /backups 405",
                "PROPFIND /databases/madaris 405",
                "OPTIONS /rollbacks 200",
                "GET /backups?database=%00 400",
                "GET /databases/a%00b 400",
                "DELETE /tokens/%00 400"
            })
    void a_path_or_method_that_is_not_there_is_a_problem_and_no_failure(String method, String target, int status) {
        assertThat(judged(method, target, List.of(ADMIN), "").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"Host: ' OR 1=1;--", "'Host: \"1\",'"})
    void a_host_that_is_none_is_a_problem(String host) {
        assertThat(judged("GET", "/databases", List.of(ADMIN, host), "").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"database\":\"a\\u0000b\"}",
                "{\"database\":\"\\ud800\"}",
                "{\"\\udc00\\ud800\":1}",
                "{\"database\":\"madaris\",\"\\u0000\":1}",
                "{\"database\":\"madaris\",\"database\":\"madaris\"}"
            })
    void text_that_nobody_can_keep_or_is_there_twice_is_refused(String body) {
        assertThat(judged("POST", "/backups", List.of(ADMIN, "Content-Type: application/json"), body)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_project_does_not_name_databases_that_the_caller_may_not_see() {
        RawAnswer made = judged(
                "POST",
                "/tokens",
                List.of(ADMIN, "Content-Type: application/json"),
                "{\"subject\":\"a guest\",\"grants\":[{\"role\":\"VIEWER\",\"databases\":[\"elsewhere\"]}]}");
        String guest = "Authorization: Bearer " + Judge.read(made).path("token").asText();

        assertThat(judged("GET", "/projects/victim", List.of(ADMIN), "").text()).contains("\"database\":\"victim\"");
        for (String path : List.of("/projects", "/projects/victim")) {
            assertThat(judged("GET", path, List.of(guest), "").text())
                    .contains("\"name\":\"victim\"")
                    .doesNotContain("\"database\":\"victim\"");
        }
    }
}
