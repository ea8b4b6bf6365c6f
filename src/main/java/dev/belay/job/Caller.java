package dev.belay.job;

import dev.belay.access.Access;
import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who sent the request, and what about jobs they may do. */
@ApplicationScoped
public class Caller {

    /** The name of whoever has none. */
    public static final String ANONYMOUS = "anonymous";

    private static final int LONGEST = 200;

    private final HttpHeaders headers;
    private final HttpConfig config;
    private final Access access;
    private final Jobs jobs;

    Caller(HttpHeaders headers, HttpConfig config, Access access, Jobs jobs) {
        this.headers = headers;
        this.config = config;
        this.access = access;
        this.jobs = jobs;
    }

    /**
     * The caller's name: that of the token. Only where nobody is asked for one, what a proxy in front says in a header, or
     * {@link #ANONYMOUS}.
     *
     * @throws dev.belay.problem.ProblemException INVALID_REQUEST when the header is no name
     */
    public String name() {
        String known = access.caller();
        if (known != null || access.isRequired()) {
            return Objects.requireNonNullElse(known, ANONYMOUS);
        }
        return name(config.callerHeader(), headers.getRequestHeader(config.callerHeader()));
    }

    /**
     * Decides about the database that the request is about.
     *
     * @throws dev.belay.problem.ProblemException FORBIDDEN when the caller may not
     */
    public void to(String database) {
        access.to(database);
    }

    /**
     * Decides about the database of a job.
     *
     * @throws dev.belay.problem.ProblemException NOT_FOUND when there is no such job, FORBIDDEN when the caller may not
     */
    public Job toJob(JobKind kind, UUID id) {
        Job job = jobs.require(kind, id);
        access.to(job.database());
        return job;
    }

    /** The databases about which a list may show something; empty when it may about all. */
    Optional<Set<String>> visible() {
        return access.visible();
    }

    /** A header's value, its lines as one (RFC 9110, section 5.3); null when there is none. */
    public @Nullable String header(String name) {
        List<String> lines = headers.getRequestHeader(name);
        return lines == null || lines.isEmpty() ? null : String.join(",", lines);
    }

    /**
     * A header's only value, an empty one too; null when there is none.
     *
     * @throws dev.belay.problem.ProblemException INVALID_REQUEST when it says two things
     */
    @Nullable
    String once(String name) {
        List<String> lines = headers.getRequestHeader(name);
        if (lines != null && lines.size() > 1) {
            throw ProblemType.invalidParameter(name, "must come once");
        }
        return header(name);
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
