package dev.belay.plan;

import java.time.Duration;

/** Durations for a person, to two units. */
public final class Durations {

    private Durations() {}

    public static String shown(Duration duration) {
        if (duration.toDays() > 0) {
            return joined(duration.toDays() + " d", duration.toHoursPart(), " h");
        }
        if (duration.toHours() > 0) {
            return joined(duration.toHours() + " h", duration.toMinutesPart(), " min");
        }
        if (duration.toMinutes() > 0) {
            return joined(duration.toMinutes() + " min", duration.toSecondsPart(), " s");
        }
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static String joined(String large, int rest, String unit) {
        return rest == 0 ? large : large + " " + rest + unit;
    }
}
