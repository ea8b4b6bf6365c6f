package dev.belay.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Speaks HTTP with the service, as any orchestrator would. */
public final class Client {

    /** Above the 25 s for which the service holds an answer at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;

    public Client(URI base) {
        this.base = base;
    }

    /** An answer; its body is a missing node when there is none, or none in JSON. */
    public record Answer(int status, Map<String, String> headers, JsonNode body) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    public URI base() {
        return base;
    }

    public Answer get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).GET().header("Accept", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** The page that a browser would get, or whatever else is asked for. */
    public String read(String path, String type) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Accept", type)
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /**
     * Orders something.
     *
     * @param who the name that a proxy in front of the service would give for the caller
     */
    public Answer post(String who, String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("X-Forwarded-User", who)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        boolean isJson =
                response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Answer(
                response.statusCode(),
                Map.of(
                        "etag", response.headers().firstValue("ETag").orElse(""),
                        "location", response.headers().firstValue("Location").orElse("")),
                isJson ? json.readTree(response.body()) : MissingNode.getInstance());
    }
}
