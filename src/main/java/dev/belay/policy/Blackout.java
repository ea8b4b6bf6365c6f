package dev.belay.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** A time in which no maintenance window is open. */
public sealed interface Blackout {

    /** Its first moment, for windows in a time zone. */
    Instant begins(ZoneId zone);

    /** The first moment after it. */
    Instant ends(ZoneId zone);

    default boolean covers(Instant moment, ZoneId zone) {
        return !moment.isBefore(begins(zone)) && moment.isBefore(ends(zone));
    }

    /** Whole days, the last one too, in the time zone of the window they close. */
    record Days(LocalDate first, LocalDate last) implements Blackout {

        public Days {
            if (last.isBefore(first)) {
                throw new IllegalArgumentException("it ends before it begins");
            }
        }

        @Override
        public Instant begins(ZoneId zone) {
            return first.atStartOfDay(zone).toInstant();
        }

        @Override
        public Instant ends(ZoneId zone) {
            return last.plusDays(1).atStartOfDay(zone).toInstant();
        }
    }

    /** From one moment to another, the same in every time zone. */
    record Moments(Instant from, Instant until) implements Blackout {

        public Moments {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("it ends before it begins");
            }
        }

        @Override
        public Instant begins(ZoneId zone) {
            return from;
        }

        @Override
        public Instant ends(ZoneId zone) {
            return until;
        }
    }

    /**
     * Reads an ISO 8601 interval: {@code 2026-12-20/2027-01-05}, or two date-times with offsets.
     *
     * @throws IllegalArgumentException when it is none, with what is wrong as the end of a sentence
     */
    static Blackout parse(String text) {
        String[] ends = text.strip().split("/", -1);
        try {
            if (ends.length == 2 && ends[0].contains("T")) {
                return new Moments(
                        OffsetDateTime.parse(ends[0]).toInstant(),
                        OffsetDateTime.parse(ends[1]).toInstant());
            }
            if (ends.length == 2) {
                return new Days(LocalDate.parse(ends[0]), LocalDate.parse(ends[1]));
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(unreadable(), e);
        }
        throw new IllegalArgumentException(unreadable());
    }

    private static String unreadable() {
        return "it is not of the form 2026-12-20/2027-01-05 or 2026-12-20T18:00+01:00/2027-01-05T06:00+01:00";
    }
}
