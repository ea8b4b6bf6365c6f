package dev.belay.fuzz;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.BelayTestResource;
import dev.belay.access.GuardedResource;
import dev.belay.postgres.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Hostile requests to every operation there is: {@code -Dfuzz.requests=N} sends so many, {@code -Dfuzz.seed=S} others than
 * by default, and a failure prints the seed and what repeats the request.
 *
 * <p>What never reaches a handler that one could register, {@link Judge} lets be answered with an empty body: HTTP that is none
 * (a header without a name, a length that is no number, headers of 30 kB), request lines above 4096 bytes, and an upgrade to
 * HTTP/2 whose other headers are not right are Vert.x's to refuse (400, 414, 431, or a closed connection), for Quarkus hands nobody its
 * {@code HttpServer.invalidRequestHandler}; and what is no URI is Quarkus' own (400).
 */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(HostileSurroundings.class)
@WithTestResource(GuardedResource.class)
class FuzzIT {

    private static final Logger LOG = Logger.getLogger(FuzzIT.class);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 10_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int FEWEST = Math.min(50, REQUESTS / 200);

    private List<Operation> operations = List.of();

    @BeforeEach
    void readOperations() throws Exception {
        List<Operation> all = new ArrayList<>(Operation.all(new ObjectMapper()
                .readTree(given().get("/q/openapi?format=json").asString())));
        for (String open : List.of("/q/health/live", "/q/health/ready", "/q/health/started", "/q/openapi")) {
            all.add(new Operation(
                    "GET", open, List.of("format"), List.of(), null, Set.of("application/json", "application/yaml")));
        }
        operations = List.copyOf(all);
    }

    @Test
    void whatever_is_sent_is_answered_by_the_contract_and_no_database_changes() throws Exception {
        Map<String, List<String>> ids = things();
        HostileSurroundings.State before = HostileSurroundings.look();
        Set<String> types = operations.stream()
                .flatMap(operation -> operation.answers().stream())
                .collect(Collectors.toCollection(HashSet::new));
        types.add("text/html");
        Barrage barrage = new Barrage(
                SEED,
                operations,
                new Requests(ids, tokens()),
                new Judge(
                        types,
                        List.of(
                                GuardedResource.ADMIN,
                                String.valueOf(TestPostgres.server().password()))),
                RestAssured.port);
        Barrage.Result result = barrage.fire(REQUESTS);

        LOG.info(result.table());
        List<String> badEnds = endOfAll();
        HostileSurroundings.State after = HostileSurroundings.look();
        assertSoftly(all -> {
            all.assertThat(result.failures()).as("seed %d", SEED).isEmpty();
            all.assertThat(result.counts().values()).allMatch(count -> count >= FEWEST);
            all.assertThat(result.counts()).hasSameSizeAs(operations);
            all.assertThat(result.statuses().getOrDefault(429, 0)).isLessThanOrEqualTo(REQUESTS / 20);
            all.assertThat(badEnds).as("jobs that ended as none may").isEmpty();
            all.assertThat(after.lists()).isEqualTo(before.lists());
            for (int i = 0; i < before.databases().size(); i++) {
                all.assertThat(before.databases()
                                .get(i)
                                .differences(after.databases().get(i)))
                        .isEmpty();
            }
        });
        given().get("/q/health/ready").then().statusCode(200);
    }

    private static Map<Who, String> tokens() {
        return Map.of(
                Who.ADMIN, GuardedResource.ADMIN,
                Who.GATE_ELSEWHERE, token("a pod", "GATE").path("token").asText(),
                Who.VIEWER_ELSEWHERE, token("a guest", "VIEWER").path("token").asText());
    }

    /** One job of each kind, and a token, for the paths that have an id. */
    private Map<String, List<String>> things() {
        Map<String, List<String>> ids = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.method().equals("POST") && operation.path().equals("/" + operation.kind())) {
                String body = operation.body() == null ? "{}" : Bodies.good(operation, operation.body());
                ids.put(operation.kind(), made(operation.path(), body));
            }
        }
        ids.put(
                "tokens",
                List.of(token("nobody any more", "GATE").path("view").path("id").asText()));
        List<String> waiting = made("/migrations", "{\"database\":\"waiting\"}");
        ids.getOrDefault("migrations", new ArrayList<>()).addAll(waiting);
        ids.forEach((kind, all) -> all.stream()
                .filter(id -> !kind.equals("tokens") && !waiting.contains(id))
                .forEach(id -> admin().get("/" + kind + "/" + id + "?wait=25s")));
        return ids;
    }

    /** The job's id, or none when this is no job, or was refused. */
    private static List<String> made(String path, String body) {
        String id = admin().contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .jsonPath()
                .getString("id");
        return id == null ? new ArrayList<>() : new ArrayList<>(List.of(id));
    }

    /** Cancels what is not done, waits, and returns the jobs that ended in a way none may. */
    private List<String> endOfAll() {
        List<String> bad = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation.path().endsWith("/{id}/cancel")) {
                jobs(operation.kind(), "QUEUED", "RUNNING", "AWAITING_APPROVAL", "SCHEDULED")
                        .forEach(id -> admin().post("/" + operation.kind() + "/" + id + "/cancel"));
            }
        }
        for (Operation operation : operations) {
            if (operation.path().endsWith("/{id}/cancel")) {
                jobs(operation.kind(), "QUEUED", "RUNNING", "CANCELLING")
                        .forEach(id -> admin().get("/" + operation.kind() + "/" + id + "?wait=25s"));
                bad.addAll(jobs(operation.kind(), "QUEUED", "RUNNING", "CANCELLING"));
                for (JsonNode job : page(operation.kind(), "FAILED")) {
                    if (job.path("error").path("status").asInt() >= 500
                            || job.path("databaseState").asText().equals("INDETERMINATE")) {
                        bad.add(job.toString());
                    }
                }
            }
        }
        return bad;
    }

    private static List<String> jobs(String kind, String... states) {
        return List.of(states).stream()
                .flatMap(state -> StreamSupport.stream(page(kind, state).spliterator(), false))
                .map(job -> job.path("id").asText())
                .toList();
    }

    private static JsonNode page(String kind, String state) {
        return admin().get("/" + kind + "?limit=200&state=" + state)
                .as(JsonNode.class)
                .path("items");
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + GuardedResource.ADMIN);
    }

    private static JsonNode token(String subject, String role) {
        return admin().contentType(ContentType.JSON)
                .body(Map.of(
                        "subject", subject, "grants", List.of(Map.of("role", role, "databases", List.of("elsewhere")))))
                .post("/tokens")
                .as(JsonNode.class);
    }
}
