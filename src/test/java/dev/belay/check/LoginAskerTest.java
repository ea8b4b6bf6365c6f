package dev.belay.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.belay.postgres.Monitor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginAskerTest {

    private static final String EXPECTED = "username=amina&password=p%C3%A4ss+w%26rd&csrfmiddlewaretoken=t%3D1";

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/login/", exchange -> serve(exchange, "/home/"));
        server.createContext("/away/", exchange -> serve(exchange, "http://elsewhere.example/home/"));
        server.createContext("/gone/", exchange -> answer(exchange, 404, ""));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** As Django: the token has to come back, with the cookie, and a wrong password gets the form once more. */
    private static void serve(HttpExchange exchange, String home) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean cookie =
                String.valueOf(exchange.getRequestHeaders().getFirst("Cookie")).contains("csrf=1");
        boolean isPost = exchange.getRequestMethod().equals("POST");
        if (isPost && !cookie) {
            answer(exchange, 403, "");
        } else if (isPost && body.equals(EXPECTED)) {
            exchange.getResponseHeaders().add("Location", home);
            answer(exchange, 302, "");
        } else {
            exchange.getResponseHeaders().add("Set-Cookie", "csrf=1; Path=/");
            answer(exchange, 200, "<form><input type='hidden' name=\"csrfmiddlewaretoken\" value=\"t=1\"></form>");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Test
    void who_knows_the_password_is_let_in_with_token_and_cookie() throws Exception {
        assertThat(ask("/login/", "päss w&rd")).isEqualTo(Checker.Answer.passed("logged in"));
    }

    @Test
    void who_gets_the_form_once_more_was_not_let_in() throws Exception {
        assertThat(ask("/login/", "wrong"))
                .isEqualTo(Checker.Answer.failed("was not let in: answered 200 instead of being led on"));
    }

    @Test
    void a_form_that_is_not_there_and_one_that_leads_to_another_host_let_nobody_in() throws Exception {
        assertThat(ask("/gone/", "päss w&rd")).isEqualTo(Checker.Answer.failed("the login form was answered 404"));
        assertThat(ask("/away/", "päss w&rd").passed()).isFalse();
    }

    @Test
    void an_application_that_never_answers_costs_no_more_than_the_limit() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Duration timeout = Duration.ofMillis(300);
            URI page = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/login/");

            assertThat(new LoginAsker(new HttpAsker(timeout, Monitor.none()), timeout).ask(page, "amina", "x"))
                    .isEqualTo(Checker.Answer.failed("was not answered within 0.3 s"));
        }
    }

    private Checker.Answer ask(String path, String password) throws Exception {
        Duration timeout = Duration.ofSeconds(10);
        URI page = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new LoginAsker(new HttpAsker(timeout, Monitor.none()), timeout).ask(page, "amina", password);
    }
}
