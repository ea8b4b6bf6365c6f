package dev.belay.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The service as a client sees it. */
record Api(URI base) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** An answer that is whole. */
    record Answer(int status, JsonNode body, boolean replayed) {}

    /** Orders a job and returns its id. */
    String order(String kind, String body) {
        Answer answer = post(kind, body, null);
        if (answer.status() != 202) {
            throw new IllegalStateException("POST /" + kind + " was answered " + answer);
        }
        return answer.body().get("id").asText();
    }

    Answer post(String kind, String body, @org.jspecify.annotations.Nullable String idempotencyKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/" + kind))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return send(request.build());
    }

    /** Orders a job in somebody's name and returns its id. */
    String orderAs(String caller, String kind, String body) {
        return postAs(caller, kind, body).body().get("id").asText();
    }

    Answer postAs(String caller, String path, String body) {
        return send(HttpRequest.newBuilder(base.resolve("/" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("X-Forwarded-User", caller)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    JsonNode job(String kind, String id) {
        return get("/" + kind + "/" + id).body();
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .build());
    }

    /** Waits until the job is over, two minutes at most, and returns it. */
    JsonNode await(String kind, String id) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode job = get("/" + kind + "/" + id + "?wait=10s").body();
            if (job.path("done").asBoolean()) {
                return job;
            }
        }
        throw new IllegalStateException("not over after two minutes: " + job(kind, id));
    }

    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    JSON.readTree(answer.body()),
                    answer.headers().firstValue("Idempotent-Replayed").isPresent());
        } catch (IOException e) {
            throw new IllegalStateException(request.uri() + " did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
