package dev.belay.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How numbers are written for a person, the same in every locale. */
public final class Text {

    private Text() {}

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** Milliseconds below a second, where tenths of a second would say nothing. */
    public static String precise(Duration duration) {
        return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : seconds(duration);
    }

    /** Breaks the text at spaces, so that no line is longer than the width; the lead stands before the first. */
    public static List<String> wrap(String lead, String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(lead);
        for (String word : text.strip().split("\\s+", -1)) {
            if (line.length() + word.length() > width && line.length() > lead.length()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(lead.length()));
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    public static String percent(double part) {
        return Math.round(part * 100) + " %";
    }
}
