package dev.belay.rules;

import org.jspecify.annotations.Nullable;

/**
 * A hazardous statement.
 *
 * @param line where the statement begins, from 1
 * @param statement its beginning, without literals
 * @param observed what it did on the copy, with the time, rows and bytes it took there
 * @param instead what to write in its place
 * @param silencedBecause the reason that a comment in the script gives to let it pass; null when nobody did
 */
public record Finding(
        String ruleId,
        String slug,
        String title,
        Severity severity,
        String module,
        String file,
        int line,
        String statement,
        String observed,
        String instead,
        @Nullable String silencedBecause) {

    public boolean isSilenced() {
        return silencedBecause != null;
    }
}
