package dev.belay.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.TreeSet;

/** Which fields a value has, and how it is made short enough to be an example. */
final class Shape {

    private static final int LONGEST_TEXT = 400;
    private static final int DEEP = 3;

    private Shape() {}

    /** The paths of all fields; what a job has produced counts by its names alone, since it depends on what happened. */
    static Set<String> fields(JsonNode value) {
        Set<String> fields = new TreeSet<>();
        collect("", value, fields);
        return fields;
    }

    /** The fields that are in no list, of which there may be more or fewer. */
    static Set<String> fieldsOutsideLists(JsonNode value) {
        Set<String> fields = fields(value);
        fields.removeIf(field -> field.contains("[]"));
        return fields;
    }

    private static void collect(String path, JsonNode value, Set<String> fields) {
        if (value.isArray()) {
            value.forEach(element -> collect(path + "[]", element, fields));
        } else if (value.isObject()) {
            value.properties().forEach(field -> {
                String below = path + "." + field.getKey();
                fields.add(below);
                if (!path.endsWith(".result")) {
                    collect(below, field.getValue(), fields);
                }
            });
        }
    }

    static JsonNode shortened(JsonNode value) {
        return shortened(value, 0);
    }

    private static JsonNode shortened(JsonNode value, int depth) {
        if (value.isTextual()) {
            return TextNode.valueOf(told(value.asText()));
        }
        if (value.isArray()) {
            ArrayNode some = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < Math.min(value.size(), depth < DEEP ? 2 : 1); i++) {
                some.add(shortened(value.get(i), depth + 1));
            }
            return some;
        }
        if (value.isObject()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(field -> all.set(field.getKey(), shortened(field.getValue(), depth + 1)));
            return all;
        }
        return value;
    }

    /** Without what only the test has: its addresses and folders, the numbers of its databases, and the text of a token. */
    private static String told(String text) {
        String told = text.replaceAll("http://localhost:\\d+", "http://127.0.0.1:8080")
                .replaceAll("[\\w.]+:\\d+/(madaris|sims\\w*?)_\\d+", "db.internal:5432/$1")
                .replaceAll("\\b(madaris|sims|sims_staging|sims_dev)_\\d+\\b", "$1")
                .replaceAll("/tmp/[\\w.-]+", "/var/lib/belay")
                .replaceAll("belay_[A-Za-z0-9]{20,}", "belay_…");
        return told.length() <= LONGEST_TEXT ? told : told.substring(0, LONGEST_TEXT) + "…";
    }
}
