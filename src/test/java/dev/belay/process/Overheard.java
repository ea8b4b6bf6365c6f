package dev.belay.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** A caller with a token who writes down every answer that the service gives. */
final class Overheard {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final List<String> TYPES = List.of(
            "application/json",
            "text/markdown",
            "text/html",
            "text/plain",
            "image/svg+xml",
            "application/x-ndjson",
            "text/event-stream",
            "application/zip");

    private final URI base;
    private final List<String> answers = new ArrayList<>();
    private String token;

    Overheard(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    List<String> answers() {
        return answers;
    }

    /** From now on it is another. */
    void use(String newToken) {
        token = newToken;
    }

    JsonNode get(String path) {
        return json(send(HttpRequest.newBuilder(base.resolve(path)), "application/json"));
    }

    JsonNode post(String path, String body) {
        return json(send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                "application/json"));
    }

    /** Forgets the answer in which somebody was given a secret, as they have to be once. */
    String given(String path, String body, String field) {
        String secret = post(path, body).path(field).asText();
        answers.remove(answers.size() - 1);
        return secret;
    }

    /** Orders a job and waits until it is over. */
    JsonNode job(String kind, String body) {
        JsonNode ordered = post("/" + kind, body);
        if (!ordered.has("id")) {
            throw new IllegalStateException("POST /" + kind + " was answered " + ordered);
        }
        String path = "/" + kind + "/" + ordered.path("id").asText() + "?wait=10s";
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        JsonNode job = get(path);
        while (!job.path("done").asBoolean() && System.nanoTime() < deadline) {
            job = get(path);
        }
        return job;
    }

    /** Asks for everything that the service says it has, in every form; returns how many answers were good. */
    int askAll(List<String> databases, String project) {
        int before =
                (int) answers.stream().filter(answer -> answer.startsWith("2")).count();
        List<String> paths = new ArrayList<>(List.of("/", "/q/health", "/q/health/ready", "/q/openapi"));
        get("/q/openapi?format=json").path("paths").properties().forEach(path -> {
            if (path.getValue().has("get")) {
                paths.addAll(filledIn(path.getKey(), databases, project));
            }
        });
        for (String path : paths) {
            for (String type : TYPES) {
                send(HttpRequest.newBuilder(base.resolve(path)), type);
            }
        }
        return (int) answers.stream().filter(answer -> answer.startsWith("2")).count() - before;
    }

    private List<String> filledIn(String path, List<String> databases, String project) {
        if (path.startsWith("/databases/{name}")) {
            return databases.stream().map(name -> path.replace("{name}", name)).toList();
        }
        if (path.contains("{id}")) {
            JsonNode items =
                    get(path.substring(0, path.indexOf("/{id}")) + "?limit=100").path("items");
            return StreamSupport.stream(items.spliterator(), false)
                    .map(item -> path.replace("{id}", item.path("id").asText()))
                    .flatMap(one -> one.contains("/files/{path}") ? files(one).stream() : List.of(one).stream())
                    .filter(one -> !one.contains("{"))
                    .toList();
        }
        return List.of(path.replace("{name}", project));
    }

    private List<String> files(String path) {
        JsonNode files = get(path.replace("/{path}", "")).path("items");
        return StreamSupport.stream(files.spliterator(), false)
                .map(file -> path.replace("{path}", file.path("path").asText()))
                .toList();
    }

    private String send(HttpRequest.Builder request, String type) {
        try {
            HttpResponse<String> answer = CLIENT.send(
                    request.header("Accept", type)
                            .header("Authorization", "Bearer " + token)
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            answers.add(answer.statusCode() + " " + answer.uri() + " "
                    + answer.headers().map() + " " + answer.body());
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
