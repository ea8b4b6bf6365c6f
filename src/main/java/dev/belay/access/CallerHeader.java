package dev.belay.access;

import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The name that a proxy in front of Belay gives in a header. It counts only where nobody is asked to show who they are. */
@ApplicationScoped
class CallerHeader {

    private static final int LONGEST = 200;

    private final HttpConfig config;
    private final HttpHeaders headers;

    CallerHeader(HttpConfig config, HttpHeaders headers) {
        this.config = config;
        this.headers = headers;
    }

    /** The name that this request has. */
    String name() {
        return name(config.callerHeader(), headers.getRequestHeader(config.callerHeader()));
    }

    /**
     * The name.
     *
     * @throws dev.belay.problem.ProblemException INVALID_REQUEST when the header is no name
     */
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
        return name.isEmpty() ? Access.ANONYMOUS : name;
    }
}
