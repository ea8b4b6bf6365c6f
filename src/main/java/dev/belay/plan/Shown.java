package dev.belay.plan;

import java.util.Locale;

/** Figures as a person reads them. */
final class Shown {

    private Shown() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String millis(long millis) {
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    static String micros(long micros) {
        return micros < 1000 ? String.format(Locale.ROOT, "%.1f ms", micros / 1000.0) : millis(micros / 1000);
    }
}
