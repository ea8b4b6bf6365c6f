package dev.belay.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.belay.openapi.Described.Operation;
import io.restassured.http.Header;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What was really answered: each held to the document at once, and all of it to the document's examples at the end. */
final class Noted {

    private static final Path EXAMPLES = Path.of("src", "main", "resources", "openapi", "answers.json");
    private static final String JSON = "application/json";

    /** What every answer of an HTTP server may have. */
    private static final Set<String> COMMON = Set.of(
            "content-type", "content-length", "transfer-encoding", "date", "connection", "x-content-type-options");

    private final Described document;
    private final Schemas schemas;
    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Map<String, JsonNode> answers = new TreeMap<>();
    private final Map<String, Map<String, String>> parameters = new TreeMap<>();
    private final Set<String> statuses = new TreeSet<>();

    Noted(Described document) {
        this.document = document;
        this.schemas = new Schemas(document);
    }

    void add(Operation operation, Map<String, String> path, Response answer) {
        String status = String.valueOf(answer.statusCode());
        String place = operation.id() + " " + status;
        JsonNode said = document.resolve(operation.node().path("responses").path(status));
        assertThat(said.isMissingNode())
                .as("%s is not described: %s", place, answer.asString())
                .isFalse();
        holdHeaders(place, said, answer);
        statuses.add(place);
        if (!said.has("content")) {
            assertThat(answer.asByteArray()).as(place).isEmpty();
            return;
        }
        String type = answer.contentType().replaceFirst(";.*", "");
        JsonNode content = said.path("content").path(type);
        assertThat(content.isMissingNode()).as(place + " comes as " + type).isFalse();
        if (type.endsWith("json")) {
            JsonNode value = answer.as(JsonNode.class);
            assertThat(schemas.faults(content.path("schema"), value))
                    .as(place + " " + value)
                    .isEmpty();
        }
        if (!type.equals("application/problem+json") && !type.equals("application/zip")) {
            answers.put(
                    place + " " + type,
                    type.equals(JSON) ? answer.as(JsonNode.class) : TextNode.valueOf(answer.asString()));
            if (!path.isEmpty() && status.startsWith("2")) {
                parameters.put("parameters " + operation.path(), new TreeMap<>(path));
            }
        }
    }

    private static void holdHeaders(String place, JsonNode said, Response answer) {
        Set<String> described = said.path("headers").properties().stream()
                .map(header -> header.getKey().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> came = answer.headers().asList().stream()
                .map(Header::getName)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !COMMON.contains(name))
                .toList();
        assertThat(described).as("headers of " + place).containsAll(came);
        if (place.endsWith(" 202")) {
            assertThat(came).as("headers of " + place).contains("location", "retry-after");
        }
    }

    /** Whether all that the document describes as a success, or as a view, was answered. */
    void holdCoverage() {
        Set<String> described = new TreeSet<>();
        for (Operation operation : document.operations()) {
            operation
                    .answers()
                    .filter(answer -> answer.getKey().matches("[23]..")
                            || document.content(answer.getValue())
                                    .anyMatch(type -> type.getKey().equals(JSON)))
                    .forEach(answer -> described.add(operation.id() + " " + answer.getKey()));
        }
        Set<String> seen = new TreeSet<>(statuses);
        seen.retainAll(described);
        assertThat(seen).isEqualTo(described);
    }

    /** Whether the examples have the fields that came; or writes them anew, where that is asked for and one has not. */
    void holdExamples() {
        try {
            JsonNode examples = json.readTree(EXAMPLES.toFile());
            Set<String> other = new TreeSet<>();
            answers.forEach((place, answer) -> {
                if (!isLike(examples.path(place), answer)) {
                    other.add(place);
                }
            });
            examples.fieldNames().forEachRemaining(name -> {
                if (!answers.containsKey(name) && !parameters.containsKey(name)) {
                    other.add(name);
                }
            });
            if (Boolean.getBoolean("openapi.update") && !other.isEmpty()) {
                Files.writeString(EXAMPLES, json.writeValueAsString(written()) + "\n");
            } else {
                assertThat(other)
                        .as(
                                "%s has other fields than what is answered. ./mvnw verify -Dit.test=ExamplesIT"
                                        + " -Dopenapi.update=true writes it anew, then OpenApiIT the document",
                                EXAMPLES)
                        .isEmpty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLike(JsonNode example, JsonNode answer) {
        return !example.isMissingNode()
                && Shape.fields(answer).containsAll(Shape.fields(example))
                && Shape.fields(example).containsAll(Shape.fieldsOutsideLists(answer));
    }

    private ObjectNode written() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        answers.forEach((place, answer) -> {
            JsonNode value = Shape.shortened(answer);
            assertThat(value.toString()).as(place).doesNotContain("/tmp/");
            all.set(place, value);
        });
        parameters.forEach((place, values) -> all.set(place, Objects.requireNonNull(json.valueToTree(values))));
        return all;
    }
}
