package dev.belay.rules;

import java.util.Locale;

/** Times and sizes as people read them. */
final class Amounts {

    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private Amounts() {}

    static String time(long micros) {
        if (micros < 1000) {
            return micros + " µs";
        }
        return micros < 1_000_000 ? micros / 1000 + " ms" : String.format(Locale.ROOT, "%.1f s", micros / 1_000_000.0);
    }

    static String rows(long rows) {
        return String.format(Locale.ROOT, "%,d", rows) + (rows == 1 ? " row" : " rows");
    }

    /** As pg_size_pretty writes it. */
    static String bytes(long bytes) {
        long amount = bytes;
        int unit = 0;
        while (amount >= 10 * 1024 && unit < UNITS.length - 1) {
            amount = (amount + 512) / 1024;
            unit++;
        }
        return amount + " " + UNITS[unit];
    }
}
