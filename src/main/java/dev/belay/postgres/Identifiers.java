package dev.belay.postgres;

import java.nio.charset.StandardCharsets;

/** Quotes names and literals for the places where SQL takes no parameters (DDL). */
public final class Identifiers {

    private Identifiers() {}

    /** {@code a"b} becomes {@code "a""b"}. PostgreSQL itself never stores a zero byte in a name. */
    public static String quote(String identifier) {
        if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a PostgreSQL name: it is empty or has a zero byte");
        }
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A string literal that means the same under either setting of standard_conforming_strings. */
    public static String literal(String value) {
        String doubled = value.replace("'", "''");
        return value.indexOf('\\') < 0 ? "'" + doubled + "'" : " E'" + doubled.replace("\\", "\\\\") + "'";
    }

    /** The longest beginning of a name that has at most so many bytes; PostgreSQL itself would cut a longer one silently. */
    public static String shortened(String identifier, int bytes) {
        String kept = identifier;
        while (kept.getBytes(StandardCharsets.UTF_8).length > bytes) {
            kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
        }
        return kept;
    }
}
