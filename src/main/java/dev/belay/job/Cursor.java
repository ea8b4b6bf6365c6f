package dev.belay.job;

import dev.belay.problem.ProblemException;
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
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    static Cursor parse(JobKind kind, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw ProblemType.invalidParameter("limit", "must be 1 to " + LARGEST_PAGE);
        }
        if (cursor == null) {
            return new Cursor(null, limit);
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            long number = Long.parseLong(text.substring(text.indexOf(' ') + 1));
            if (number > 0 && write(kind, number).equals(cursor)) {
                return new Cursor(number, limit);
            }
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        throw foreign();
    }

    static String after(Job last) {
        return write(last.kind(), Objects.requireNonNull(last.number));
    }

    private static String write(JobKind kind, long number) {
        byte[] text = (kind.path() + " " + number).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private static ProblemException foreign() {
        return ProblemType.invalidParameter("cursor", "must be one that this listing gave out");
    }

    static @Nullable Instant instant(@Nullable String text) {
        try {
            Instant time = text == null ? null : Instant.parse(text);
            if (time == null || (!time.isBefore(EARLIEST) && !time.isAfter(LATEST))) {
                return time;
            }
        } catch (DateTimeParseException e) {
            throw noTime();
        }
        throw noTime();
    }

    private static ProblemException noTime() {
        return ProblemType.invalidParameter("createdAfter", "must be a time such as 2026-01-31T12:00:00Z");
    }
}
