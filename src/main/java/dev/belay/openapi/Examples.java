package dev.belay.openapi;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;

/**
 * Examples of requests, written by hand, and of answers, which a test has noted down as they really came: it asks with the
 * former, and compares what it is answered with the latter.
 */
final class Examples {

    private static final String JSON = "application/json";
    private static final Pattern OUTCOME = Pattern.compile("get(.+)Outcome");

    /** What an outcome answers is a job as another operation shows it. */
    private static final Map<String, String> OUTCOMES = Map.of(
            "200", "get%s 200 " + JSON,
            "503", "create%s 202 " + JSON,
            "409", "cancel%s 202 " + JSON);

    private final Map<String, Map<String, Object>> requests;
    private final Map<String, Object> answers;
    private final Map<String, Object> used = new TreeMap<>();

    private Examples(Map<String, Map<String, Object>> requests, Map<String, Object> answers) {
        this.requests = requests;
        this.answers = answers;
    }

    static Examples read() {
        return new Examples(
                read("requests.json", new TypeReference<>() {}), read("answers.json", new TypeReference<>() {}));
    }

    private static <T> T read(String file, TypeReference<T> type) {
        try (InputStream in = Examples.class.getResourceAsStream("/openapi/" + file)) {
            return new ObjectMapper().readValue(Objects.requireNonNull(in, file), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Examples of a path's parameters by their names, as they were in the requests that were really answered. */
    Map<String, String> parameters(String path) {
        return new ObjectMapper()
                .convertValue(answers.getOrDefault("parameters " + path, Map.of()), new TypeReference<>() {});
    }

    void describe(Operation operation) {
        String id = operation.getOperationId();
        if (operation.getRequestBody() != null) {
            MediaType json = operation.getRequestBody().getContent().getMediaType(JSON);
            requests.getOrDefault(id, Map.of())
                    .forEach((name, value) -> json.addExample(
                            name, OASFactory.createExample().summary(name).value(value)));
        }
        operation.getResponses().getAPIResponses().forEach((status, answer) -> {
            if (answer.getContent() != null) {
                answer.getContent().getMediaTypes().forEach((type, content) -> refer(key(id, status, type), content));
            }
        });
    }

    private static String key(String id, String status, String type) {
        Matcher outcome = OUTCOME.matcher(id);
        return outcome.matches() && type.equals(JSON)
                ? OUTCOMES.getOrDefault(status, "").replace("%s", outcome.group(1))
                : id + " " + status + " " + type;
    }

    private void refer(String key, MediaType content) {
        Object value = answers.get(key);
        if (value != null) {
            String name = key.replace(" " + JSON, "").replaceAll("[^A-Za-z0-9]+", "-");
            used.put(name, value);
            content.addExample(name, OASFactory.createExample().ref("#/components/examples/" + name));
        }
    }

    /** Puts what the operations have referred to into the document, each once. */
    void declare(Components components) {
        used.forEach((name, value) ->
                components.addExample(name, OASFactory.createExample().value(value)));
    }
}
