package dev.belay.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * So much a second for each of many, and after quiet times more at once. One number is kept of each: when all that it took
 * would have been spent at the even rate (the generic cell rate algorithm of ATM). Who has not been seen for as long as
 * it takes to be forgiven everything is forgotten; and when there are too many, those seen longest ago.
 */
final class Allowance {

    private static final int MOST = 100_000;

    private final long interval;
    private final long tolerance;
    private final LongSupplier nanoTime;
    private final long epoch;
    private final Cache<String, AtomicLong> spent;

    Allowance(double perSecond, int burst, LongSupplier nanoTime) {
        this.interval = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        this.tolerance = interval * burst;
        this.nanoTime = nanoTime;
        this.epoch = nanoTime.getAsLong();
        this.spent = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(Duration.ofNanos(tolerance).plusSeconds(1))
                .build();
    }

    /** Takes one; how long until there is one again when there is none, else zero. */
    Duration take(String who) {
        AtomicLong until = spent.get(who, key -> new AtomicLong());
        long now = now();
        long before = until.getAndUpdate(old -> after(old, now) <= now + tolerance ? after(old, now) : old);
        return missing(before, now);
    }

    /** How long until there is one again; takes none. */
    Duration wait(String who) {
        AtomicLong until = spent.getIfPresent(who);
        return until == null ? Duration.ZERO : missing(until.get(), now());
    }

    private Duration missing(long before, long now) {
        return Duration.ofNanos(Math.max(0, after(before, now) - now - tolerance));
    }

    private long after(long before, long now) {
        return Math.max(before, now) + interval;
    }

    private long now() {
        return nanoTime.getAsLong() - epoch;
    }
}
