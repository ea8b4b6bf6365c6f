package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What only the service as it is installed shows: Netty has to be told before anything else, and pages are other ones. */
class InstalledEdgeIT {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String REQUEST = "GET /q/health/live HTTP/1.1\r\nHost: x\r\n\r\n";

    @Test
    void heads_that_trickle_in_are_not_waited_for_and_swagger_ui_runs() throws Exception {
        Workplace place = Workplace.empty().with("belay.limits.request-timeout", "1s");
        try (BelayProcess service = BelayProcess.start(place)) {
            URI base = service.api().base();
            try (Socket first = new Socket(base.getHost(), base.getPort());
                    Socket second = new Socket(base.getHost(), base.getPort())) {
                assertThat(patience(first)).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(4));

                second.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                assertThat(second.getInputStream().readNBytes(15)).asString().isEqualTo("HTTP/1.1 200 OK");
                Thread.sleep(2500);
                assertThat(patience(second)).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(4));
            }
            assertThat(service.api().get("/backups").status()).isEqualTo(200);
            mayRunItsScripts(base);
        }
    }

    private static void mayRunItsScripts(URI base) throws Exception {
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(base.resolve("/q/swagger-ui/")).build(), BodyHandlers.ofString());
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        List<MatchResult> scripts = Pattern.compile("<script(?: defer)?>(.*?)</script>", Pattern.DOTALL)
                .matcher(page.body())
                .results()
                .toList();

        assertThat(scripts).isNotEmpty();
        assertThat(policy.replaceAll("style-src[^;]*", "")).doesNotContain("unsafe");
        for (MatchResult script : scripts) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(script.group(1).getBytes(StandardCharsets.UTF_8));
            assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        }
    }

    /** How long the service reads a head that comes byte by byte. */
    private static Duration patience(Socket socket) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            for (int i = 0; i < 60; i++) {
                socket.getOutputStream().write(REQUEST.charAt(i % 4));
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (IOException e) {
            // it has had enough
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
