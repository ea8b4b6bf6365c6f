package dev.belay.job;

import dev.belay.problem.ProblemType;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a caller wants an answer to be held, at most 25 seconds: below the timeouts of common proxies. */
public final class Patience {

    private static final Duration LONGEST = Duration.ofSeconds(25);
    private static final Pattern WAIT = Pattern.compile("(\\d{1,6})s?");
    private static final Pattern PREFER = Pattern.compile("(?i)(?:.*[,;]\\s*)?wait=(\\d{1,6})(?:\\s*[,;].*)?");

    private Patience() {}

    /**
     * Reads {@code ?wait=25s} or, when that is null, {@code Prefer: wait=25} (RFC 7240).
     *
     * @throws dev.belay.problem.ProblemException when wait cannot be read; a Prefer that cannot be is no preference
     */
    public static Duration of(@Nullable String wait, @Nullable String prefer) {
        if (wait != null) {
            Matcher matcher = WAIT.matcher(wait.strip());
            if (!matcher.matches()) {
                throw ProblemType.invalidParameter(
                        "wait", "must be a number of seconds such as 25s, at most " + LONGEST.toSeconds() + "s");
            }
            return capped(matcher.group(1));
        }
        if (prefer != null) {
            Matcher matcher = PREFER.matcher(prefer.strip());
            return matcher.matches() ? capped(matcher.group(1)) : Duration.ZERO;
        }
        return Duration.ZERO;
    }

    private static Duration capped(String seconds) {
        Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
