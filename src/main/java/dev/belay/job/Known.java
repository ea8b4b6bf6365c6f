package dev.belay.job;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has already, by an If-None-Match (RFC 9110, section 13.1.2): one tag, a list of them, or whatever there is. Tags
 * are compared weakly, as it says there.
 *
 * @param anything whether the caller has what there is, whatever it is
 */
record Known(boolean anything, Set<String> tags) {

    private static final Pattern TAG = Pattern.compile("\"([^\"]*)\"");

    /** @param ifNoneMatch the header; null when there is none */
    static Known of(@Nullable String ifNoneMatch) {
        String header = ifNoneMatch == null ? "" : ifNoneMatch.strip();
        return new Known(
                header.equals("*"),
                TAG.matcher(header)
                        .results()
                        .map((MatchResult tag) -> tag.group(1))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    boolean isNothing() {
        return !anything && tags.isEmpty();
    }

    boolean has(String tag) {
        return anything || tags.contains(tag);
    }
}
