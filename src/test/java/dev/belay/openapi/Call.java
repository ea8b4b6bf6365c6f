package dev.belay.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.belay.openapi.Described.Operation;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A request as the document describes it; what is not told comes from its examples. */
final class Call {

    private final Operation operation;
    private final Noted noted;
    private final Set<String> sent;
    private final Map<String, String> path = new TreeMap<>();
    private final Map<String, String> query = new TreeMap<>();
    private final Map<String, String> headers = new TreeMap<>();
    private final RequestSpecification request = given().urlEncodingEnabled(false);

    /**
     * A request.
     *
     * @param sent gets the examples that were sent
     */
    Call(Operation operation, Noted noted, Set<String> sent) {
        this.operation = operation;
        this.noted = noted;
        this.sent = sent;
        Described.parameters(operation)
                .filter(parameter -> parameter.path("required").asBoolean())
                .forEach(parameter -> set(parameter, parameter.path("example").asText()));
    }

    private void set(JsonNode parameter, String value) {
        String name = parameter.path("name").asText();
        switch (parameter.path("in").asText()) {
            case "path" -> path.put(name, value);
            case "query" -> query.put(name, value);
            default -> headers.put(name, value);
        }
    }

    /** With every optional parameter as its example has it. */
    Call withExamples() {
        Described.parameters(operation)
                .filter(parameter -> !parameter.path("required").asBoolean())
                .forEach(parameter -> set(parameter, parameter.path("example").asText()));
        return this;
    }

    Call path(String name, String value) {
        path.put(name, value);
        return this;
    }

    Call query(String name, String value) {
        query.put(name, value);
        return this;
    }

    Call header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Sends the example of that name, with a field that only this test can know. */
    Call example(String name, Map<String, String> known) {
        JsonNode examples = operation.node().at("/requestBody/content/application~1json/examples");
        ObjectNode body = examples.path(name).path("value").deepCopy();
        known.forEach(body::put);
        sent.add(operation.id() + ": " + name);
        request.contentType(ContentType.JSON).body(body.toString());
        return this;
    }

    Response expect(int status) {
        String url = operation.path();
        for (Map.Entry<String, String> value : path.entrySet()) {
            url = url.replace("{" + value.getKey() + "}", value.getValue());
        }
        Response answer = request.queryParams(query)
                .headers(headers)
                .request(operation.method().toUpperCase(Locale.ROOT), url);
        assertThat(answer.statusCode())
                .as("%s %s: %s", operation.method(), url, answer.asString())
                .isEqualTo(status);
        noted.add(operation, path, answer);
        return answer;
    }
}
