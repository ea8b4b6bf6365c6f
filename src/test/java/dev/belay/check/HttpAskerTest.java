package dev.belay.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.belay.database.ProjectChecks;
import dev.belay.postgres.Monitor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpAskerTest {

    private final AtomicInteger elsewhere = new AtomicInteger();
    private HttpServer server;
    private HttpServer other;

    @BeforeEach
    void start() throws IOException {
        other = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        other.createContext("/", exchange -> {
            elsewhere.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        other.start();
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            switch (path) {
                case "/app/moved" -> exchange.getResponseHeaders().add("Location", "/app/ok");
                case "/app/away" -> exchange.getResponseHeaders().add("Location", address(other) + "/");
                case "/app/round" -> exchange.getResponseHeaders().add("Location", "/app/round");
                default -> {}
            }
            int status = switch (path) {
                case "/app/ok" -> 200;
                case "/app/moved", "/app/away", "/app/round" -> 302;
                default -> 404;
            };
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        other.stop(0);
    }

    @Test
    void a_status_from_200_to_299_will_do_unless_another_is_named() throws Exception {
        assertThat(ask("/ok", null)).isEqualTo(Checker.Answer.passed("answered 200"));
        assertThat(ask("/no", 404)).isEqualTo(Checker.Answer.passed("answered 404"));
        assertThat(ask("/no", null))
                .isEqualTo(Checker.Answer.failed("has to be answered 200 to 299, but was answered 404"));
        assertThat(ask("/ok", 204)).isEqualTo(Checker.Answer.failed("has to be answered 204, but was answered 200"));
    }

    @Test
    void a_redirect_is_followed_on_the_same_host_only() throws Exception {
        assertThat(ask("/moved", null).passed()).isTrue();
        assertThat(ask("/moved", 302)).isEqualTo(Checker.Answer.passed("answered 302"));
        assertThat(ask("/away", null))
                .isEqualTo(Checker.Answer.failed("was answered 302 with another host, which is not asked"));
        assertThat(ask("/round", null)).isEqualTo(Checker.Answer.failed("was redirected more than 5 times"));
        assertThat(elsewhere).hasValue(0);
    }

    @Test
    void an_application_that_accepts_but_never_answers_costs_no_more_than_the_limit() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            Checker.Answer answer = new HttpAsker(Duration.ofMillis(300), Monitor.none())
                    .ask(URI.create("http://localhost:" + silent.getLocalPort()), check("/", null));

            assertThat(answer).isEqualTo(Checker.Answer.failed("was not answered within 0.3 s"));
        }
    }

    @Test
    void an_application_that_is_not_there_is_said_not_to_be() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Checker.Answer answer = new HttpAsker(Duration.ofSeconds(5), Monitor.none())
                .ask(URI.create("http://localhost:" + free), check("/", null));

        assertThat(answer.passed()).isFalse();
        assertThat(answer.detail()).startsWith("could not be asked");
    }

    private Checker.Answer ask(String path, @Nullable Integer status) throws Exception {
        return new HttpAsker(Duration.ofSeconds(10), Monitor.none())
                .ask(URI.create(address(server) + "/app/"), check(path, status));
    }

    private static ProjectChecks.Check check(String path, @Nullable Integer status) {
        return new ProjectChecks.Check("it answers", ProjectChecks.Check.Kind.HTTP, path, status, null, null, false);
    }

    private static String address(HttpServer server) {
        return "http://localhost:" + server.getAddress().getPort();
    }
}
