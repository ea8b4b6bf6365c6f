package dev.belay.job;

import dev.belay.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a listing goes on. Opaque to clients.
 *
 * @param before the number of the last job that was shown; null for the first page
 */
record Cursor(@Nullable Long before, int limit) {

    private static final int LARGEST_PAGE = 200;

    static Cursor parse(@Nullable String cursor, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw ProblemType.invalidParameter("limit", "must be 1 to " + LARGEST_PAGE);
        }
        if (cursor == null) {
            return new Cursor(null, limit);
        }
        try {
            byte[] number = Base64.getUrlDecoder().decode(cursor);
            return new Cursor(Long.valueOf(new String(number, StandardCharsets.UTF_8)), limit);
        } catch (IllegalArgumentException e) {
            throw ProblemType.invalidParameter("cursor", "must be one that this listing gave out");
        }
    }

    static String after(Job last) {
        byte[] number = Long.toString(Objects.requireNonNull(last.number)).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number);
    }

    static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemType.invalidParameter("createdAfter", "must be a time such as 2026-01-31T12:00:00Z");
        }
    }
}
