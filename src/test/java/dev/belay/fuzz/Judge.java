package dev.belay.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what is wrong with an answer.
 *
 * @param types the media types of all good answers of all operations
 * @param secrets what no answer may hold
 */
record Judge(Set<String> types, List<String> secrets) {

    /** Words of Java, of its libraries, of PostgreSQL's messages and of Belay's own SQL. */
    private static final Pattern INTERNALS = Pattern.compile(
            "[A-Za-z]Exception\\b|\\bdev\\.belay|\\b(java|jakarta|javax)"
                    + "\\.[a-z]|\\b(io|org|com)\\.(quarkus|vertx|netty|hibernate|postgresql|jboss|fasterxml|smallrye)|\\tat |"
                    + "(?i)hibernate|jdbc|sqlstate|\\bERROR: |insert into |violates |invalid byte sequence|order by number");

    private static final Pattern OUTCOME = Pattern.compile(".*/(outcome|gate)(;[^/]*)?/*(\\?.*)?");

    /** Of a request line, as Vert.x has it, with room for the method and the version. */
    private static final int LONGEST_LINE = 4_060;

    private static final ObjectMapper JSON = new ObjectMapper();

    List<String> faults(RawRequest request, RawAnswer answer) {
        List<String> faults = new ArrayList<>();
        if (answer.status() == 0) {
            // Vert.x closes the connection on headers that are none; see FuzzIT.
            return request.broken() && answer.fault().startsWith("closed") ? List.of() : List.of(answer.fault());
        }
        if (answer.status() >= 400) {
            refusal(request, answer, faults);
        } else if (answer.status() < 300) {
            good(request, answer, faults);
        }
        secrets.stream().filter(answer.text()::contains).forEach(secret -> faults.add("the answer has a secret"));
        return faults;
    }

    private void refusal(RawRequest request, RawAnswer answer, List<String> faults) {
        if (isOutcome(request, answer)) {
            return;
        }
        if (answer.status() >= 500) {
            faults.add("status " + answer.status());
        }
        if (isVertx(request, answer)) {
            return;
        }
        if (!answer.mediaType().equals("application/problem+json")) {
            faults.add(answer.status() + " as " + answer.mediaType());
        } else if (!request.method().equals("HEAD")) {
            problem(answer, faults);
        }
        Matcher internals = INTERNALS.matcher(answer.text());
        if (internals.find()) {
            faults.add("the answer shows internals: " + internals.group());
        }
        if (answer.status() == 429 && answer.header("retry-after").isEmpty()) {
            faults.add("429 without Retry-After");
        }
        if (answer.status() == 401 && !answer.header("www-authenticate").contains("Bearer")) {
            faults.add("401 without WWW-Authenticate");
        }
    }

    /** A job that is not done or failed, a gate that is shut: their states are their answers, as the contract has it. */
    private static boolean isOutcome(RawRequest request, RawAnswer answer) {
        boolean documented = answer.status() == 409
                || (answer.status() == 503 && !answer.header("retry-after").isEmpty());
        return documented
                && OUTCOME.matcher(request.target()).matches()
                && answer.mediaType().equals("application/json")
                && (request.method().equals("HEAD")
                        || (read(answer).has("database") && !read(answer).has("detail")));
    }

    /** What is no HTTP is refused where nobody can say more; see FuzzIT. */
    private static boolean isVertx(RawRequest request, RawAnswer answer) {
        boolean itsOwn = (request.headers().contains("Upgrade: h2c") && answer.status() == 400)
                || (request.broken() && Set.of(400, 431).contains(answer.status()))
                || (isNoUri(request.target()) && answer.status() == 400)
                || (request.target().length() > LONGEST_LINE && answer.status() == 414);
        return itsOwn && answer.body().length == 0;
    }

    /** Quarkus refuses such a target before any filter or handler that one can register. */
    private static boolean isNoUri(String target) {
        try {
            var unused = new URI(target);
            return false;
        } catch (URISyntaxException e) {
            return true;
        }
    }

    private static void problem(RawAnswer answer, List<String> faults) {
        JsonNode problem = read(answer);
        boolean whole = problem.path("type").asText().startsWith("urn:belay:problem:")
                && !problem.path("title").asText().isBlank()
                && !problem.path("detail").asText().isBlank()
                && problem.path("status").asInt() == answer.status()
                && problem.path("traceId").asText().matches("[0-9a-f]{32}");
        if (!whole) {
            faults.add("no whole problem");
        }
    }

    private void good(RawRequest request, RawAnswer answer, List<String> faults) {
        boolean empty = answer.body().length == 0 && answer.mediaType().isEmpty();
        if (!types.contains(answer.mediaType()) && !empty) {
            faults.add(answer.status() + " as " + answer.mediaType());
        }
        if (isOpen(request)) {
            return;
        }
        boolean list = request.who() == Who.VIEWER_ELSEWHERE
                && Set.of("GET", "HEAD").contains(request.method())
                && !answer.text().contains("canary")
                && !answer.text().contains("\"database\":\"" + HostileSurroundings.VICTIM + "\"")
                && !answer.text().contains("\"database\":\"" + HostileSurroundings.PLAYGROUND + "\"");
        if (request.who() != Who.ADMIN && !list) {
            faults.add(request.who() + " was let in");
        }
    }

    private static boolean isOpen(RawRequest request) {
        return request.target().startsWith("/q/") || request.method().equals("OPTIONS");
    }

    static JsonNode read(RawAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
