package dev.belay.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the document gives as examples is as it describes it; that it is also true, ExamplesIT shows. */
class OpenApiExamplesTest {

    private static final Described DOCUMENT = Described.read();
    private static final Schemas SCHEMAS = new Schemas(DOCUMENT);

    @Test
    void every_example_is_valid() {
        List<String> faults = new ArrayList<>();
        for (Described.Operation operation : DOCUMENT.operations()) {
            JsonNode body = operation.node().at("/requestBody/content");
            body.properties().forEach(content -> faults.addAll(faults(operation.id(), content)));
            operation
                    .answers()
                    .flatMap(answer -> DOCUMENT.content(answer.getValue()))
                    .forEach(content -> faults.addAll(faults(operation.id(), content)));
        }
        assertThat(faults).isEmpty();
    }

    private static List<String> faults(String operation, Map.Entry<String, JsonNode> content) {
        return examples(content.getValue())
                .flatMap(example -> SCHEMAS.faults(content.getValue().path("schema"), example).stream())
                .map(fault -> operation + " " + content.getKey() + " " + fault)
                .toList();
    }

    private static Stream<JsonNode> examples(JsonNode content) {
        return content.path("examples").properties().stream()
                .map(example -> DOCUMENT.resolve(example.getValue()).path("value"));
    }

    @Test
    void the_problems_are_those_that_there_are() {
        List<JsonNode> problems = DOCUMENT.root().at("/components/responses").properties().stream()
                .flatMap(answer -> DOCUMENT.content(answer.getValue()))
                .flatMap(content -> examples(content.getValue()))
                .toList();

        assertThat(problems).hasSizeGreaterThan(10);
        for (JsonNode problem : problems) {
            assertThat(Stream.of(ProblemType.values()))
                    .anyMatch(type -> type.uri().equals(problem.path("type").asText())
                            && type.title().equals(problem.path("title").asText())
                            && type.status() == problem.path("status").asInt());
        }
    }
}
