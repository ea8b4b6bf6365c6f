package dev.belay.demo;

/** A claim, with what should be found if it is true and what was. */
record Check(String claim, String expected, String found) {

    static Check of(String claim, Object expected, Object found) {
        return new Check(claim, text(expected), text(found));
    }

    boolean held() {
        return expected.equals(found);
    }

    private static String text(Object value) {
        return value instanceof Number number ? Text.count(number.longValue()) : String.valueOf(value);
    }
}
