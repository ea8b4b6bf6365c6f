package dev.belay.check;

import dev.belay.check.Checker.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Logs in at the application as a person does in a browser: gets the form, sends it back with the token and the cookies that
 * came with it, and is let in when the answer leads elsewhere. That is how Django's login works; one without a token is asked
 * without.
 */
final class LoginAsker {

    private static final Pattern FIELD = Pattern.compile("<input[^>]*\\bname=[\"']csrfmiddlewaretoken[\"'][^>]*>");
    private static final Pattern VALUE = Pattern.compile("\\bvalue=[\"']([^\"']*)[\"']");
    private static final int LARGEST_PAGE = 1_000_000;

    private final HttpAsker http;
    private final Duration timeout;

    LoginAsker(HttpAsker http, Duration timeout) {
        this.http = http;
        this.timeout = timeout;
    }

    /** @param page the URL of the form */
    Answer ask(URI page, String username, String password) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            HttpResponse<InputStream> form = http.send(
                    client, HttpRequest.newBuilder(page), HttpResponse.BodyHandlers.ofInputStream(), deadline);
            String html;
            try (InputStream body = form.body()) {
                html = new String(body.readNBytes(LARGEST_PAGE), StandardCharsets.UTF_8);
            }
            if (form.statusCode() / 100 != 2) {
                return Answer.failed("the login form was answered " + form.statusCode());
            }
            String sent = "username=" + encoded(username) + "&password=" + encoded(password)
                    + token(html)
                            .map(token -> "&csrfmiddlewaretoken=" + encoded(token))
                            .orElse("");
            HttpRequest.Builder post = HttpRequest.newBuilder(page)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Referer", page.toString())
                    .POST(HttpRequest.BodyPublishers.ofString(sent));
            return judge(page, http.send(client, post, HttpResponse.BodyHandlers.discarding(), deadline));
        } catch (TimeoutException | HttpTimeoutException e) {
            return http.late();
        } catch (ExecutionException e) {
            return e.getCause() instanceof HttpTimeoutException
                    ? http.late()
                    : Answer.failed("could not be asked: " + HttpAsker.said(e));
        } catch (IOException e) {
            return Answer.failed("the login form could not be read: " + e.getMessage());
        }
    }

    /** Whoever is not let in gets the form once more, with 200. */
    private static Answer judge(URI page, HttpResponse<?> answer) {
        int status = answer.statusCode();
        boolean leadsOn = status / 100 == 3
                && HttpAsker.location(page, answer)
                        .filter(target -> HttpAsker.isSameHost(page, target)
                                && !target.getPath().equals(page.getPath()))
                        .isPresent();
        return leadsOn
                ? Answer.passed("logged in")
                : Answer.failed("was not let in: answered " + status + " instead of being led on");
    }

    private static Optional<String> token(String html) {
        Matcher field = FIELD.matcher(html);
        if (!field.find()) {
            return Optional.empty();
        }
        Matcher value = VALUE.matcher(field.group());
        return value.find() ? Optional.of(value.group(1)) : Optional.empty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
