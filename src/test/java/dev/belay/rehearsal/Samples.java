package dev.belay.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measured values of one kind. */
final class Samples {

    private final String what;
    private final String format;
    private final List<Double> values = new ArrayList<>();

    /** @param format of a value, as of {@link String#format} */
    Samples(String what, String format) {
        this.what = what;
        this.format = format;
    }

    void add(double value) {
        values.add(value);
    }

    /** A row of a table in Markdown: median, least and greatest. */
    String row() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        String cells = "| %s | " + format + " | " + format + " | " + format + " |";
        return String.format(Locale.ROOT, cells, what, median, sorted.get(0), sorted.get(sorted.size() - 1));
    }
}
