package dev.belay.backup;

import java.util.Locale;

public final class Bytes {

    private Bytes() {}

    /** Such as 12.3 MB; a megabyte has a million bytes. */
    public static String shown(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        String unit = "B";
        for (String next : new String[] {"kB", "MB", "GB", "TB"}) {
            if (value >= 1000) {
                value /= 1000;
                unit = next;
            }
        }
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }
}
