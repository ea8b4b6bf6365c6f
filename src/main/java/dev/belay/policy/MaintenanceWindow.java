package dev.belay.policy;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * A time that comes again and again, in which changes may be made.
 *
 * @param cron when it begins, as Quartz has it, with seconds: {@code 0 0 22 ? * SAT}
 * @param duration how long it lasts, in elapsed time: clocks that are changed meanwhile make it neither longer nor shorter
 * @param zone the time zone of the cron expression
 */
public record MaintenanceWindow(String cron, Duration duration, ZoneId zone) {

    public MaintenanceWindow {
        requireCron(cron);
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a window lasts a second at least");
        }
    }

    /** What there is without any window. */
    static MaintenanceWindow always() {
        return new MaintenanceWindow("0 0 * * * ?", Duration.ofHours(2), ZoneOffset.UTC);
    }

    /** The next moment after the given one at which it begins; empty when it never will again. */
    Optional<Instant> nextBeginning(Instant after) {
        // Quartz's own arithmetic in a zone goes astray in the hour that a clock change repeats, and leaves out a night
        // whose hour it skips. So the expression is read on a clock that is never changed, and only then put on the
        // zone.
        LocalDateTime local = onTheClock(after);
        Date next = parse(cron).getNextValidTimeAfter(Date.from(local.toInstant(ZoneOffset.UTC)));
        return Optional.ofNullable(next)
                .map(Date::toInstant)
                .map(time -> onTheZone(LocalDateTime.ofInstant(time, ZoneOffset.UTC)));
    }

    /** The last moment up to the given one at which it began and from which it still lasts; empty when it does not. */
    Optional<Instant> lastBeginning(Instant at) {
        Optional<Instant> first = nextBeginning(at.minus(duration)).filter(begin -> !begin.isAfter(at));
        if (first.isEmpty()) {
            return first;
        }
        Instant found = first.get();
        Instant none = at;
        while (Duration.between(found, none).compareTo(Duration.ofSeconds(1)) >= 0) {
            Instant middle = found.plus(Duration.between(found, none).dividedBy(2));
            Optional<Instant> later = nextBeginning(middle).filter(begin -> !begin.isAfter(at));
            if (later.isPresent()) {
                found = later.get();
            } else {
                none = middle;
            }
        }
        return Optional.of(found);
    }

    /** What clocks in the zone show; the second time they show it, the end of what they show twice. */
    private LocalDateTime onTheClock(Instant moment) {
        LocalDateTime shown = LocalDateTime.ofInstant(moment, zone);
        ZoneOffsetTransition change = zone.getRules().getTransition(shown);
        boolean again = change != null && change.isOverlap() && !moment.isBefore(change.getInstant());
        return again ? change.getDateTimeBefore().minusSeconds(1) : shown;
    }

    /** A time that is shown twice counts the first time; one that is left out counts as the moment of the change. */
    private Instant onTheZone(LocalDateTime time) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change != null && change.isGap()
                ? change.getInstant()
                : time.atZone(zone).toInstant();
    }

    /**
     * Looks at an expression.
     *
     * @throws IllegalArgumentException when it is none, with what is wrong as the end of a sentence
     */
    static void requireCron(String cron) {
        Objects.requireNonNull(parse(cron));
    }

    private static CronExpression parse(String cron) {
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
            return expression;
        } catch (ParseException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "it is no cron expression with seconds such as 0 0 22 ? * SAT (" + e.getMessage() + ")", e);
        }
    }
}
