package dev.belay.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The document that describes the API. */
final class Described {

    static final Path FILE = Path.of("openapi", "openapi.yaml");

    private final JsonNode root;

    private Described(JsonNode root) {
        this.root = root;
    }

    /** One operation; {@code node} is what the document says of it. */
    record Operation(String path, String method, JsonNode node) {

        String id() {
            return node.path("operationId").asText();
        }

        Stream<Map.Entry<String, JsonNode>> answers() {
            return node.path("responses").properties().stream();
        }

        boolean isOpen() {
            return node.has("security") && node.get("security").isEmpty();
        }

        @Override
        public String toString() {
            return id();
        }
    }

    /** The document in the repository, which is the one that is served. */
    static Described read() {
        try {
            return new Described(new YAMLMapper().readTree(FILE.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document as a Belay serves it. */
    static Described parse(String yaml) {
        try {
            return new Described(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                operations.add(new Operation(path.getKey(), method.getKey(), method.getValue()))));
        return operations;
    }

    Operation operation(String id) {
        return operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What a node says, or that which it refers to. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** The parameters of an operation. */
    static Stream<JsonNode> parameters(Operation operation) {
        return StreamSupport.stream(operation.node().path("parameters").spliterator(), false);
    }

    /** The content of an answer by its media types. */
    Stream<Map.Entry<String, JsonNode>> content(JsonNode answer) {
        return resolve(answer).path("content").properties().stream();
    }
}
