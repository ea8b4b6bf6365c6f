package dev.belay.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.BelayTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RestAssured would do, but runs out of memory on a body that is nested deeply. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
class ProblemAnswersIT {

    private static final String NO_SUCH_JOB = "0b0a8a76-3a4f-4a66-8a76-c1d0b1e1c5b0";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path));
    }

    private static HttpRequest.Builder backup(String body) {
        return request("/backups")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** The problem, checked for what every problem must have and must not have. */
    private JsonNode problem(HttpRequest.Builder request, int status) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asText()).startsWith("urn:belay:problem:");
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("traceId").asText()).matches("[0-9a-f]{32}");
        assertThat(answer.body()).doesNotContain("Exception", "dev.belay", "java.", "jakarta", "\tat ");
        return problem;
    }

    private static String pointers(JsonNode problem) {
        return String.join(
                ",",
                StreamSupport.stream(problem.path("errors").spliterator(), false)
                        .map(error -> error.path("pointer").asText())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/q/nothing",
                "/backups/abc",
                "/backups/" + NO_SUCH_JOB,
                "/backups/" + NO_SUCH_JOB + "/events",
                "/databases/atlantis",
                "/q/health/group/typo"
            })
    void what_does_not_exist_is_not_found(String path) throws Exception {
        assertThat(problem(request(path), 404).path("type").asText()).isEqualTo("urn:belay:problem:not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "/backups?state=nope,state",
        "/backups?limit=many,limit",
        "/backups?limit=0,limit",
        "/backups?cursor=x,cursor",
        "/backups?createdAfter=yesterday,createdAfter",
        "/backups/" + NO_SUCH_JOB + "?wait=x,wait",
        "/databases/madaris/gate?min=latest,min",
        "/databases/madaris/gate?max=1x,max",
        "/databases/madaris/gate?min=3&max=2,min",
        "/databases/madaris/gate?wait=x,wait",
        "/databases/madaris/relations,table"
    })
    void a_parameter_that_cannot_be_read_is_named(String path, String parameter) throws Exception {
        assertThat(pointers(problem(request(path), 400))).isEqualTo(parameter);
    }

    @Test
    void a_header_that_cannot_be_read_is_named() throws Exception {
        JsonNode problem =
                problem(request("/backups/" + NO_SUCH_JOB + "/events").header("Last-Event-ID", "x"), 400);

        assertThat(pointers(problem)).isEqualTo("Last-Event-ID");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};#/database",
                "{\"database\":\" \"};#/database",
                "{\"database\":{}};#/database",
                "{\"database\":\"x\",\"nope\":1};#/nope",
                "{\"database\":\"x\",\"a/b~c\":1};#/a~1b~0c",
                "{\"database\":;#",
                "[];#",
                "\"x\";#",
                "null;#",
                "'';#"
            })
    void a_body_at_fault_is_pointed_into(String body, String pointer) throws Exception {
        assertThat(pointers(problem(backup(body), 400))).isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "{\"database\":%s}", "{\"nope\":%s}"})
    void a_body_nested_ten_thousand_deep_is_refused(String shape) throws Exception {
        problem(backup(shape.formatted("[".repeat(10_000) + "]".repeat(10_000))), 400);
    }

    @Test
    void a_body_of_two_megabytes_is_too_large() throws Exception {
        JsonNode problem = problem(backup("{\"database\":\"" + "x".repeat(2_000_000) + "\"}"), 413);

        assertThat(problem.path("type").asText()).isEqualTo("urn:belay:problem:payload-too-large");
    }

    @Test
    void what_is_sent_to_a_path_that_is_not_there_is_not_found_either() throws Exception {
        problem(request("/nowhere").POST(HttpRequest.BodyPublishers.ofString("{}")), 404);
    }

    @Test
    void an_unknown_method_is_told() throws Exception {
        assertThat(problem(request("/backups").DELETE(), 405).path("type").asText())
                .isEqualTo("urn:belay:problem:method-not-allowed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DELETE;/backups;GET, HEAD, OPTIONS, POST",
                "PUT;/backups/" + NO_SUCH_JOB + ";GET, HEAD, OPTIONS",
                "GET;/backups/" + NO_SUCH_JOB + "/cancel;OPTIONS, POST",
                "PATCH;/databases/madaris/gate;GET, HEAD, OPTIONS",
                "POST;/tokens/" + NO_SUCH_JOB + ";DELETE, OPTIONS",
                "BREW;/migrations/;GET, HEAD, OPTIONS, POST"
            })
    void an_unknown_method_is_told_which_ones_there_are(String method, String path, String known) throws Exception {
        HttpRequest request = request(path)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();

        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains(known);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void a_media_type_that_no_answer_has_is_told() throws Exception {
        assertThat(problem(request("/backups").header("Accept", "image/png"), 406)
                        .path("type")
                        .asText())
                .isEqualTo("urn:belay:problem:not-acceptable");
    }

    @Test
    void a_body_that_is_not_json_is_told() throws Exception {
        HttpRequest.Builder text = request("/backups")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("madaris"));

        assertThat(problem(text, 415).path("type").asText()).isEqualTo("urn:belay:problem:unsupported-media-type");
    }

    @Test
    void a_client_that_accepts_text_alone_gets_a_problem_all_the_same() throws Exception {
        problem(request("/backups/" + NO_SUCH_JOB).header("Accept", "text/plain"), 404);
    }

    @Test
    void the_trace_is_the_clients_where_it_has_one() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        JsonNode problem =
                problem(request("/nowhere").header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"), 404);

        assertThat(problem.path("traceId").asText()).isEqualTo(trace);
    }
}
