package dev.belay.access;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks every operation of the served document with what each role may, so that one that is added is asked too. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(GuardedResource.class)
class EveryOperationIT {

    private static final String GATE = "GET /databases/{name}/gate";
    private static final Set<String> OF_ADMINS =
            Set.of("GET /tokens", "POST /tokens", "DELETE /tokens/{id}", "GET /audit-trail");
    private static final String APPROVAL = "POST /migrations/{id}/approvals";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Set<String> DENIALS = Set.of("401", "403");

    private List<String> operations = List.of();

    @BeforeEach
    void read() {
        operations = operations();
    }

    @Test
    void without_a_token_none_is_answered() {
        assertThat(denied("")).containsExactlyInAnyOrderElementsOf(operations);
    }

    @Test
    void a_gate_token_opens_gates_alone() {
        assertThat(allowed(GuardedResource.token("a gate", grant("GATE")))).containsExactly(GATE);
    }

    @Test
    void a_viewer_reads_and_no_more() {
        assertThat(allowed(GuardedResource.token("a viewer", grant("VIEWER"))))
                .contains(GATE, "GET /databases/{name}", "GET /migrations/{id}/plan", "GET /projects")
                .allMatch(operation -> operation.startsWith("GET "))
                .doesNotContainAnyElementsOf(OF_ADMINS)
                .hasSize((int) operations.stream()
                        .filter(operation -> operation.startsWith("GET ") && !OF_ADMINS.contains(operation))
                        .count());
    }

    @Test
    void an_operator_does_all_but_approve_and_what_is_an_admins() {
        assertThat(denied(GuardedResource.token("an operator", grant("OPERATOR"))))
                .contains(APPROVAL)
                .containsAll(OF_ADMINS)
                .hasSize(1 + OF_ADMINS.size());
    }

    @Test
    void an_approver_reads_and_approves() {
        assertThat(allowed(GuardedResource.token("an approver", grant("APPROVER"))))
                .contains(APPROVAL)
                .allMatch(operation -> operation.startsWith("GET ") || operation.equals(APPROVAL));
    }

    @Test
    void an_admin_of_one_database_makes_no_tokens() {
        assertThat(denied(GuardedResource.token("an admin of one", grant("ADMIN"))))
                .containsExactlyInAnyOrderElementsOf(OF_ADMINS);
    }

    @Test
    void an_admin_does_everything() {
        assertThat(denied(GuardedResource.ADMIN)).isEmpty();
    }

    private Set<String> denied(String token) {
        Map<String, String> answers = ask(token);
        answers.values().removeIf(status -> !DENIALS.contains(status));
        return answers.keySet();
    }

    private Set<String> allowed(String token) {
        Map<String, String> answers = ask(token);
        answers.values().removeIf(DENIALS::contains);
        return answers.keySet();
    }

    /** The statuses; what is asked for is not there, so that nothing is done by those who may. */
    private Map<String, String> ask(String token) {
        Map<String, String> answers = new TreeMap<>();
        operations.forEach(operation -> {
            String method = operation.substring(0, operation.indexOf(' '));
            String path = operation
                    .substring(method.length() + 1)
                    .replace("{name}", "madaris")
                    .replaceAll("\\{[^}]+}", "00000000-0000-0000-0000-000000000000");
            RequestSpecification request = given().accept("*/*");
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            if (method.equals("POST")) {
                request.contentType("application/json").body("{\"database\": \"madaris\", \"no\": \"such thing\"}");
            }
            int status = request.request(method, path).statusCode();
            answers.put(operation, String.valueOf(status));
        });
        return answers;
    }

    private static Map<String, Object> grant(String role) {
        return Map.of("role", role, "databases", List.of("madaris"));
    }

    private static List<String> operations() {
        Map<String, Map<String, ?>> paths =
                get("/q/openapi?format=json").jsonPath().getMap("paths");
        return paths.entrySet().stream()
                .flatMap(path -> path.getValue().keySet().stream()
                        .filter(METHODS::contains)
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .toList();
    }
}
