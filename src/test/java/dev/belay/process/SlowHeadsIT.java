package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Only the process as it is installed has it: Netty has to be told before anything else. */
class SlowHeadsIT {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String REQUEST = "GET /q/health/live HTTP/1.1\r\nHost: x\r\n\r\n";

    @Test
    void a_head_that_trickles_in_is_not_waited_for_the_first_nor_the_second() throws Exception {
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
