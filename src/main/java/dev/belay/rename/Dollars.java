package dev.belay.rename;

/** Quotes a function's body so that it stays readable. */
final class Dollars {

    private Dollars() {}

    static String quoted(String body) {
        String tag = "$$";
        for (int i = 0; body.contains(tag); i++) {
            tag = "$body" + (i == 0 ? "" : i) + "$";
        }
        return tag + body + tag;
    }
}
