package dev.belay.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the served document.
 *
 * @param query the names of its query parameters
 * @param headers the names of its header parameters
 * @param body a body made up after its schema; null when it takes none
 * @param answers all media types of its answers that are no errors
 */
record Operation(
        String method,
        String path,
        List<String> query,
        List<String> headers,
        @Nullable ObjectNode body,
        Set<String> answers) {

    static List<Operation> all(JsonNode document) {
        List<Operation> all = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (method.getValue().has("responses")) {
                        all.add(new Reader(document).operation(method.getKey(), path.getKey(), method.getValue()));
                    }
                }));
        return List.copyOf(all);
    }

    String name() {
        return method + " " + path;
    }

    /** The last word of the path's first segment, such as {@code backups}. */
    String kind() {
        return path.split("/", -1)[1];
    }

    private record Reader(JsonNode document) {

        Operation operation(String method, String path, JsonNode operation) {
            JsonNode schema = operation
                    .path("requestBody")
                    .path("content")
                    .path("application/json")
                    .path("schema");
            return new Operation(
                    method.toUpperCase(Locale.ROOT),
                    path,
                    parameters(operation, "query"),
                    parameters(operation, "header"),
                    schema.isMissingNode() || !(example(schema, "") instanceof ObjectNode body) ? null : body,
                    types(operation.path("responses")));
        }

        private List<String> parameters(JsonNode operation, String in) {
            return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                    .map(this::resolved)
                    .filter(parameter -> parameter.path("in").asText().equals(in))
                    .map(parameter -> parameter.path("name").asText())
                    .toList();
        }

        private Set<String> types(JsonNode responses) {
            Set<String> types = new HashSet<>();
            responses.properties().stream()
                    .filter(response -> !response.getKey().equals("default"))
                    .forEach(response -> resolved(response.getValue())
                            .path("content")
                            .fieldNames()
                            .forEachRemaining(types::add));
            return Set.copyOf(types);
        }

        private JsonNode resolved(JsonNode node) {
            return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
        }

        private JsonNode example(JsonNode reference, String name) {
            JsonNode schema = resolved(reference);
            ObjectMapper json = new ObjectMapper();
            if (schema.has("properties")) {
                ObjectNode object = json.createObjectNode();
                schema.path("properties")
                        .properties()
                        .forEach(field -> object.set(field.getKey(), example(field.getValue(), field.getKey())));
                return object;
            }
            if (schema.path("type").toString().contains("array")) {
                ArrayNode array = json.createArrayNode();
                return array.add(example(schema.path("items"), name));
            }
            if (schema.has("additionalProperties")) {
                return json.createObjectNode().put("app", "1");
            }
            return leaf(schema, name, json);
        }

        private static JsonNode leaf(JsonNode schema, String name, ObjectMapper json) {
            String type = schema.path("type").toString();
            if (Set.of("database", "databases", "confirm").contains(name)) {
                return json.getNodeFactory().textNode(HostileSurroundings.PLAYGROUND);
            }
            if (schema.has("enum")) {
                return schema.path("enum").path(0);
            }
            if (type.contains("boolean")) {
                return json.getNodeFactory().booleanNode(true);
            }
            if (type.contains("integer")) {
                return json.getNodeFactory().numberNode(1);
            }
            return json.getNodeFactory()
                    .textNode(
                            schema.path("format").asText().equals("uuid")
                                    ? "0b0a8a76-3a4f-4a66-8a76-c1d0b1e1c5b0"
                                    : "app");
        }
    }
}
