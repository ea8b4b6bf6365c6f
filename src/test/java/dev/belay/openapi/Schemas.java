package dev.belay.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** The document's schemas, taken strictly: a field that is not described is a fault. */
final class Schemas {

    private static final String PROPERTIES = "properties";
    private static final String MORE = "additionalProperties";

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final JsonNode components;

    Schemas(Described document) {
        this.components = document.root().path("components").deepCopy();
        components.path("schemas").forEach(Schemas::close);
    }

    private static void close(JsonNode schema) {
        if (schema.has(PROPERTIES) && !schema.has(MORE)) {
            ((ObjectNode) schema).put(MORE, false);
        }
    }

    /** What is wrong with a value; empty when it is as described. */
    List<String> faults(JsonNode schema, JsonNode value) {
        ObjectNode whole = new ObjectMapper().createObjectNode();
        whole.setAll((ObjectNode) schema.deepCopy());
        whole.set("components", components);
        return registry.getSchema(whole).validate(value).stream()
                .map(Error::toString)
                .toList();
    }
}
