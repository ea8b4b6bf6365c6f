package dev.belay.job;

import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who sent the request, as a proxy in front of Belay says. It is believed as it comes: only the proxy must be able to reach
 * Belay, and it must replace what clients send in that header.
 */
@ApplicationScoped
public class Caller {

    /** The name of whoever has none. */
    public static final String ANONYMOUS = "anonymous";

    private static final int LONGEST = 200;

    private final HttpHeaders headers;
    private final HttpConfig config;

    Caller(HttpHeaders headers, HttpConfig config) {
        this.headers = headers;
        this.config = config;
    }

    /**
     * The caller's name, or {@link #ANONYMOUS}.
     *
     * @throws dev.belay.problem.ProblemException INVALID_REQUEST when the header is no name
     */
    public String name() {
        return name(config.callerHeader(), headers.getRequestHeader(config.callerHeader()));
    }

    static String name(String header, @Nullable List<String> values) {
        List<String> given = Objects.requireNonNullElse(values, List.of());
        if (given.size() > 1) {
            throw ProblemType.invalidParameter(header, "must come once");
        }
        String name = given.isEmpty() ? "" : given.get(0).strip();
        if (name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw ProblemType.invalidParameter(
                    header, "must have at most " + LONGEST + " characters and no control characters");
        }
        return name.isEmpty() ? ANONYMOUS : name;
    }
}
