package dev.belay.stage;

/** A claim, with what should be found if it is true and what was. */
public record Check(String claim, String expected, String found) {

    public static Check of(String claim, Object expected, Object found) {
        return new Check(claim, text(expected), text(found));
    }

    public boolean held() {
        return expected.equals(found);
    }

    private static String text(Object value) {
        return value instanceof Number number ? Text.count(number.longValue()) : String.valueOf(value);
    }
}
