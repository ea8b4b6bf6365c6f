package dev.belay.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.openapi.Described.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Belay's own rules for its document; those that everybody has are held by linters. */
class OpenApiRulesTest {

    private static final Described DOCUMENT = Described.read();
    private static final String PROBLEM = "application/problem+json";

    /** Answers from 400 on that are no errors but what was asked for, and come as JSON. */
    private static final String VIEWS = "get\\w+Outcome (409|503)|getDatabaseGate (409|503)";

    /** What comes as bytes, of which no example can be written down. */
    private static final Set<String> BYTES = Set.of("getDraftZip");

    static List<Operation> operations() {
        return DOCUMENT.operations();
    }

    static Stream<Operation> guarded() {
        return operations().stream().filter(operation -> !operation.isOpen());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_202_says_where_the_job_is_and_when_to_ask_again(Operation operation) {
        JsonNode accepted = operation.node().path("responses").path("202");
        if (!accepted.isMissingNode()) {
            assertThat(accepted.path("headers").fieldNames()).toIterable().contains("Location", "Retry-After");
        }
        assertThat(accepted.isMissingNode())
                .isEqualTo(!operation.method().equals("post")
                        || operation.id().matches("create(MigrationApproval|Token)"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_error_is_a_problem(Operation operation) {
        operation.answers().filter(answer -> !answer.getKey().matches("[23]..")).forEach(answer -> {
            String place = operation.id() + " " + answer.getKey();
            List<String> types = DOCUMENT.content(answer.getValue())
                    .map(entry -> entry.getKey())
                    .toList();
            if (place.matches(VIEWS)) {
                // asked for, not an error; a 503 may be one too
                assertThat(types).as(place).contains("application/json");
                assertThat(types.contains(PROBLEM)).as(place).isEqualTo(place.endsWith("503"));
            } else {
                assertThat(types).as(place).containsExactly(PROBLEM);
            }
            DOCUMENT.content(answer.getValue())
                    .filter(content -> content.getKey().equals(PROBLEM))
                    .forEach(content -> assertThat(
                                    content.getValue().at("/schema/$ref").asText())
                            .isEqualTo("#/components/schemas/Problem"));
        });
        assertThat(operation.node().path("responses").has("default")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_request_and_every_answer_has_an_example(Operation operation) {
        if (operation.node().has("requestBody")) {
            assertThat(operation.node().at("/requestBody/content/application~1json/examples"))
                    .isNotEmpty();
        }
        operation
                .answers()
                .filter(answer -> answer.getKey().matches("2..")
                        || place(operation, answer.getKey()).matches(VIEWS))
                .forEach(answer -> {
                    Predicate<JsonNode> hasExample =
                            content -> !content.path("examples").isEmpty();
                    assertThat(DOCUMENT.content(answer.getValue())
                                            .anyMatch(content -> hasExample.test(content.getValue()))
                                    || BYTES.contains(operation.id()))
                            .as(place(operation, answer.getKey()))
                            .isTrue();
                });
    }

    private static String place(Operation operation, String status) {
        return operation.id() + " " + status;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_parameter_is_described_with_an_example(Operation operation) {
        Described.parameters(operation)
                .forEach(parameter -> assertThat(parameter.fieldNames())
                        .as(operation.id() + " " + parameter.path("name").asText())
                        .toIterable()
                        .contains("description", "example"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_has_a_summary_a_description_and_one_known_tag(Operation operation) {
        Set<String> tags = new TreeSet<>(DOCUMENT.root().path("tags").findValuesAsText("name"));

        assertThat(operation.node().path("summary").asText()).isNotBlank();
        assertThat(operation.node().path("description").asText()).isNotBlank();
        assertThat(operation.node().path("tags")).hasSize(1);
        assertThat(tags).contains(operation.node().at("/tags/0").asText());
    }

    @Test
    void every_operation_has_an_id_of_its_own() {
        assertThat(operations())
                .extracting(Operation::id)
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void who_is_not_let_in_is_told_so_and_who_asks_too_often_too(Operation operation) {
        assertThat(operation.node().path("responses").fieldNames()).toIterable().contains("401", "403", "429", "503");
        assertThat(operation.node().at("/x-belay-needs/role").asText())
                .isIn("GATE", "VIEWER", "OPERATOR", "APPROVER", "ADMIN");
        assertThat(operation.node().path("description").asText())
                .contains("Needs the role "
                        + operation.node().at("/x-belay-needs/role").asText());
    }

    @Test
    void a_bearer_token_is_asked_for_unless_an_operation_says_otherwise() {
        assertThat(DOCUMENT.root().path("security").toString()).isEqualTo("[{\"bearer\":[]}]");
        assertThat(DOCUMENT.root()
                        .at("/components/securitySchemes/bearer/scheme")
                        .asText())
                .isEqualTo("bearer");
        assertThat(operations().stream().filter(Operation::isOpen)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void what_is_given_in_a_path_may_not_be_there_and_what_is_sent_may_not_be_read(Operation operation) {
        List<String> statuses =
                operation.answers().map(answer -> answer.getKey()).toList();

        assertThat(statuses).contains("406");
        if (operation.path().contains("{")) {
            assertThat(statuses).contains("400", "404");
        }
        if (operation.node().has("requestBody")) {
            assertThat(statuses).contains("400", "413", "415");
        }
    }

    @Test
    void headers_that_answers_have_are_described() {
        assertThat(DOCUMENT.root().at("/components/headers").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "Location",
                        "Retry-After",
                        "ETag",
                        "Link",
                        "Idempotent-Replayed",
                        "WWW-Authenticate",
                        "Content-Disposition",
                        "Vary",
                        "Cache-Control");
        assertThat(answer("createBackup", "202")).contains("Location", "Retry-After", "Idempotent-Replayed");
        assertThat(answer("cancelBackup", "202")).containsExactly("Location", "Retry-After");
        assertThat(answer("getBackup", "200")).contains("ETag", "Retry-After");
        assertThat(answer("getBackup", "304")).containsExactly("ETag");
        assertThat(answer("getBackup", "401")).containsExactly("WWW-Authenticate");
        assertThat(answer("getBackup", "429")).containsExactly("Retry-After");
        assertThat(answer("getBackupOutcome", "503")).containsExactly("Retry-After");
        assertThat(answer("getDatabaseGate", "503")).containsExactly("Retry-After");
        assertThat(answer("listBackups", "200")).containsExactly("Link");
        assertThat(answer("getMigrationPlan", "200")).containsExactlyInAnyOrder("ETag", "Vary");
    }

    private static List<String> answer(String id, String status) {
        JsonNode answer = DOCUMENT.operation(id).node().path("responses").path(status);
        return DOCUMENT.resolve(answer).path("headers").properties().stream()
                .map(header -> header.getKey())
                .toList();
    }

    @Test
    void headers_that_requests_may_have_are_described() {
        assertThat(headers("createBackup")).containsExactly("Idempotency-Key");
        assertThat(headers("getBackup")).containsExactlyInAnyOrder("If-None-Match", "Prefer");
        assertThat(headers("getBackupOutcome")).containsExactly("Prefer");
        assertThat(headers("getBackupEvents")).containsExactly("Last-Event-ID");
    }

    private static List<String> headers(String id) {
        return Described.parameters(DOCUMENT.operation(id))
                .filter(parameter -> parameter.path("in").asText().equals("header"))
                .map(parameter -> parameter.path("name").asText())
                .toList();
    }

    @Test
    void no_schema_has_a_name_that_a_generator_made_up() {
        assertThat(DOCUMENT.root().at("/components/schemas").fieldNames())
                .toIterable()
                .noneMatch(name -> name.matches(".*\\d"))
                .doesNotContain("Kind", "Mode", "Method", "What", "Use", "Trait", "Level", "View", "Work", "Mark");
    }
}
