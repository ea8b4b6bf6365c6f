package dev.belay.check;

import dev.belay.check.Checker.Answer;
import dev.belay.database.ProjectChecks;
import dev.belay.postgres.Monitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the application. Follows no redirect to another host: only what is configured is ever contacted. */
final class HttpAsker {

    private static final int REDIRECTS = 5;

    private final Duration timeout;
    private final Monitor monitor;

    HttpAsker(Duration timeout, Monitor monitor) {
        this.timeout = timeout;
        this.monitor = monitor;
    }

    Answer ask(URI application, ProjectChecks.Check check) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        long deadline = System.nanoTime() + timeout.toNanos();
        URI next = below(application, check.ask());
        for (int i = 0; i <= REDIRECTS; i++) {
            HttpResponse<Void> response;
            try {
                response = send(client, HttpRequest.newBuilder(next), HttpResponse.BodyHandlers.discarding(), deadline);
            } catch (TimeoutException e) {
                return late();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof HttpTimeoutException) {
                    return late();
                }
                return Answer.failed("could not be asked: " + said(e));
            }
            int status = response.statusCode();
            Optional<URI> target = status / 100 == 3 && !Integer.valueOf(status).equals(check.status())
                    ? location(next, response)
                    : Optional.empty();
            if (target.isEmpty()) {
                return judge(check, status);
            }
            if (!isSameHost(next, target.get())) {
                return Answer.failed("was answered " + status + " with another host, which is not asked");
            }
            next = target.get();
        }
        return Answer.failed("was redirected more than " + REDIRECTS + " times");
    }

    static URI below(URI application, String path) {
        return URI.create(application.toString().replaceAll("/+$", "") + path);
    }

    Answer late() {
        return Answer.failed("was not answered within " + timeout.toMillis() / 1000.0 + " s");
    }

    /** Sends one request, and stops when the job does. */
    <T> HttpResponse<T> send(
            HttpClient client, HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        long left = Math.max(1, deadline - System.nanoTime());
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(
                request.timeout(Duration.ofNanos(left))
                        .header("User-Agent", "belay")
                        .build(),
                handler);
        try (Monitor.Registration registration = monitor.onStop(() -> answer.cancel(true))) {
            Objects.requireNonNull(registration);
            return answer.get(left, TimeUnit.NANOSECONDS);
        } finally {
            answer.cancel(true);
            monitor.check();
        }
    }

    private static Answer judge(ProjectChecks.Check check, int status) {
        boolean passed = check.status() == null ? status / 100 == 2 : status == check.status();
        return passed
                ? Answer.passed("answered " + status)
                : Answer.failed("has to be answered " + (check.status() == null ? "200 to 299" : check.status())
                        + ", but was answered " + status);
    }

    static Optional<URI> location(URI from, HttpResponse<?> response) {
        try {
            return response.headers().firstValue("Location").map(from::resolve);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isSameHost(URI from, URI to) {
        return Objects.equals(from.getScheme(), to.getScheme())
                && Objects.equals(from.getHost(), to.getHost())
                && from.getPort() == to.getPort();
    }

    static String said(ExecutionException e) {
        Throwable cause = e.getCause();
        String message = cause instanceof IOException ? cause.getMessage() : null;
        return message == null ? String.valueOf(cause) : message;
    }
}
