package dev.belay.demo;

import java.time.Duration;
import java.util.Locale;

/** How numbers are written for a person, the same in every locale. */
final class Text {

    private Text() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** Milliseconds below a second, where tenths of a second would say nothing. */
    static String precise(Duration duration) {
        return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : seconds(duration);
    }

    static String percent(double part) {
        return Math.round(part * 100) + " %";
    }
}
