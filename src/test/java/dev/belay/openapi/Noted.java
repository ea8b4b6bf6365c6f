package dev.belay.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.belay.openapi.Described.Operation;
import dev.belay.problem.Problem;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** Problems are examples once for all operations; a zip is bytes. */
    private static final Set<String> NOT_NOTED = Set.of(Problem.MEDIA_TYPE, "application/zip");

    /** What every answer may have: of any HTTP server, and what tells browsers how to deal with it. */
    private static final Set<String> COMMON = Set.of(
            "content-type",
            "content-length",
            "transfer-encoding",
            "date",
            "connection",
            "cache-control",
            "content-security-policy",
            "referrer-policy",
            "vary",
            "x-content-type-options",
            "x-frame-options");

    private final Described document;
    private final Schemas schemas;
    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Map<String, JsonNode> answers = new TreeMap<>();
    private final Map<String, Map<String, String>> parameters = new TreeMap<>();
    private final Set<String> statuses = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    Noted(Described document) {
        this.document = document;
        this.schemas = new Schemas(document);
    }

    /** What was not as described. */
    List<String> faults() {
        return faults;
    }

    void add(Operation operation, Map<String, String> path, Response answer) {
        String status = String.valueOf(answer.statusCode());
        String place = operation.id() + " " + status;
        JsonNode said = document.resolve(operation.node().path("responses").path(status));
        String type = Objects.requireNonNullElse(answer.contentType(), "").replaceFirst(";.*", "");
        JsonNode content = said.path("content").path(type);
        hold(!said.isMissingNode(), place + " is not described: " + answer.asString());
        hold(type.isEmpty() ? !said.has("content") : !content.isMissingNode(), place + " comes as " + type);
        holdHeaders(place, said, answer);
        statuses.add(place);
        if (type.endsWith("json")) {
            JsonNode value = answer.as(JsonNode.class);
            schemas.faults(content.path("schema"), value).forEach(fault -> hold(false, place + " " + fault));
        }
        if (!path.isEmpty() && status.startsWith("2")) {
            parameters.put("parameters " + operation.path(), new TreeMap<>(path));
        }
        // an outcome is a job as another operation shows it, and the document refers to that one's example
        if (!type.isEmpty() && !NOT_NOTED.contains(type) && !operation.id().endsWith("Outcome")) {
            boolean json = type.equals(JSON);
            answers.put(place + " " + type, json ? answer.as(JsonNode.class) : TextNode.valueOf(answer.asString()));
        }
    }

    private void hold(boolean isTrue, String otherwise) {
        if (!isTrue && !faults.contains(otherwise)) {
            faults.add(otherwise);
        }
    }

    private void holdHeaders(String place, JsonNode said, Response answer) {
        Set<String> described = said.path("headers").properties().stream()
                .map(header -> header.getKey().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<String> came = answer.headers().asList().stream()
                .map(header -> header.getName().toLowerCase(Locale.ROOT))
                .filter(name -> !COMMON.contains(name))
                .toList();
        came.forEach(name -> hold(described.contains(name), place + " has an undescribed header " + name));
        hold(
                !place.endsWith(" 202") || came.containsAll(List.of("location", "retry-after")),
                place + " lacks Location or Retry-After");
    }

    /** What was answered of that which the document describes as a success or as a view. */
    Set<String> answered() {
        Set<String> seen = new TreeSet<>(statuses);
        seen.retainAll(described());
        return seen;
    }

    Set<String> described() {
        Set<String> described = new TreeSet<>();
        for (Operation operation : document.operations()) {
            operation
                    .answers()
                    .filter(answer -> answer.getKey().matches("[23]..")
                            || document.content(answer.getValue())
                                    .anyMatch(type -> type.getKey().equals(JSON)))
                    .forEach(answer -> described.add(operation.id() + " " + answer.getKey()));
        }
        return described;
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
