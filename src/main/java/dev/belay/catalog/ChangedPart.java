package dev.belay.catalog;

/** Cuts two texts down to where they differ, so that a changed digit in a long function is seen at once. */
final class ChangedPart {

    private static final int BEFORE = 40;
    private static final int LONGEST = 120;

    private ChangedPart() {}

    static String describe(String expected, String actual) {
        int start = 0;
        int shorter = Math.min(expected.length(), actual.length());
        while (start < shorter && expected.charAt(start) == actual.charAt(start)) {
            start++;
        }
        int tail = 0;
        while (tail < shorter - start
                && expected.charAt(expected.length() - 1 - tail) == actual.charAt(actual.length() - 1 - tail)) {
            tail++;
        }
        return "expected " + cut(expected, start, tail) + " but found " + cut(actual, start, tail);
    }

    private static String cut(String text, int start, int tail) {
        int from = start <= BEFORE ? 0 : start - BEFORE;
        int to = Math.min(text.length(), Math.min(from + LONGEST, text.length() - tail + BEFORE));
        String part = text.substring(from, Math.max(from, to)).replaceAll("\\R", " ");
        return (from > 0 ? "…" : "") + part + (to < text.length() ? "…" : "");
    }
}
