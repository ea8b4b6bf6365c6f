package dev.belay.job;

import dev.belay.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long a caller wants an answer to be held, at most 25 seconds: below the timeouts of common proxies. */
public final class Patience {

    /** The header that says which preference was followed. */
    public static final String APPLIED = "Preference-Applied";

    private static final Duration LONGEST = Duration.ofSeconds(25);
    private static final Pattern WAIT = Pattern.compile("(\\d{1,6})s?");

    /** One preference with its value and its parameters (RFC 7240, section 2). */
    private static final Pattern PREFER =
            Pattern.compile("\\s*wait\\s*=\\s*(\"?)(\\d{1,9})\\1\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

    private Patience() {}

    /**
     * Reads {@code ?wait=25s} or, when that is null, {@code Prefer: wait=25} (RFC 7240).
     *
     * @throws dev.belay.problem.ProblemException when wait cannot be read; a Prefer that cannot be is no preference
     */
    public static Duration of(@Nullable String wait, @Nullable String prefer) {
        if (wait == null) {
            return preferred(prefer).orElse(Duration.ZERO);
        }
        Matcher matcher = WAIT.matcher(wait.strip());
        if (!matcher.matches()) {
            throw ProblemType.invalidParameter(
                    "wait", "must be a number of seconds such as 25s, at most " + LONGEST.toSeconds() + "s");
        }
        return capped(matcher.group(1));
    }

    /** What {@link #APPLIED} is to say; empty when no preference was followed. */
    public static Optional<String> applied(@Nullable String wait, @Nullable String prefer) {
        return wait == null ? preferred(prefer).map(followed -> "wait=" + followed.toSeconds()) : Optional.empty();
    }

    /** The first of several counts, as the RFC has it. */
    private static Optional<Duration> preferred(@Nullable String prefer) {
        return Stream.of(prefer == null ? new String[0] : prefer.split(","))
                .map(PREFER::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(matcher -> capped(matcher.group(2)));
    }

    private static Duration capped(String seconds) {
        Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
