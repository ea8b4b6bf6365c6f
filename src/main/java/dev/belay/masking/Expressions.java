package dev.belay.masking;

import static dev.belay.postgres.Identifiers.literal;

import dev.belay.database.ProjectMasking.Part;
import java.util.Locale;
import java.util.Objects;

/**
 * What a rule is in SQL. The value is {@code c<n>}, its keyed hash in hexadecimal {@code h<n>}, a random number of the row
 * {@code r<n>}, and {@code row_hash} the row's own hash: columns of what {@link MaskingSession} selects from.
 */
final class Expressions {

    private static final String DOMAIN = "@example.com";
    private static final int SHORTEST_LOCAL = 7;
    static final int SHORTEST_EMAIL = SHORTEST_LOCAL + DOMAIN.length();
    private static final int LONGEST_LOCAL = 24;
    private static final int HEX = 32;
    private static final int ENOUGH_IN_HEX = 16;

    private Expressions() {}

    /** The new value, of the column's own type. */
    static String of(MaskedColumn masked, int n) {
        String value = "c" + n;
        String text = switch (masked.rule().kind()) {
            case KEEP -> value;
            case NULL -> "NULL";
            case FIXED ->
                "CASE WHEN " + value + " IS NOT NULL THEN "
                        + literal(Objects.requireNonNull(masked.rule().value())) + " END";
            case HASH -> hash(masked, n);
            case FAKE_NAME -> cut(fakeName(masked, n), masked.room());
            case FAKE_EMAIL -> {
                long local = Math.min(LONGEST_LOCAL, masked.room() - DOMAIN.length());
                yield "'u' || left(h" + n + ", " + (local - 1) + ") || '" + DOMAIN + "'";
            }
            case SHUFFLE -> "coalesce(lead(" + value + ") OVER w" + n + ", first_value(" + value + ") OVER w" + n + ")";
            case SHIFT_DATES -> value + " + make_interval(days => " + days(masked) + ")";
        };
        return "(" + text + ")::" + masked.column().type();
    }

    /** Over which rows a shuffle goes round: NULLs among themselves. */
    static String window(int n) {
        return "w" + n + " AS (PARTITION BY c" + n + " IS NULL ORDER BY r" + n + ")";
    }

    private static String hash(MaskedColumn masked, int n) {
        Column column = masked.column();
        if (column.base().equals("uuid")) {
            return "left(h" + n + ", 32)";
        } else if (column.base().equals("bytea")) {
            return "decode(h" + n + ", 'hex')";
        }
        boolean narrow = column.isWhole() || masked.room() < ENOUGH_IN_HEX;
        String first = column.isWhole() ? number("h" + n, masked.room()) : word("h" + n, masked.room());
        if (!narrow) {
            return first;
        }
        // With little room a value may by chance become itself.
        String again = "pg_temp.belay_hash(c" + n + "::text || ' again')";
        String second = column.isWhole() ? number(again, masked.room()) : word(again, masked.room());
        return "CASE WHEN (" + first + ")::text <> c" + n + "::text THEN " + first + " ELSE " + second + " END";
    }

    private static String number(String hash, long room) {
        return "1 + ('x' || left(" + hash + ", 15))::bit(60)::bigint % " + room;
    }

    private static String word(String hash, long room) {
        return room < ENOUGH_IN_HEX
                ? "left(translate(encode(decode(" + hash + ", 'hex'), 'base64'), '+/=', 'xy'), " + room + ")"
                : "left(" + hash + ", " + Math.min(room, HEX) + ")";
    }

    private static String fakeName(MaskedColumn masked, int n) {
        Part part = Objects.requireNonNullElseGet(
                masked.rule().part(), () -> partOf(masked.column().id().column()));
        String name = fakeName(part, n, 0);
        return "CASE WHEN " + name + " <> c" + n + "::text THEN " + name + " ELSE " + fakeName(part, n, 1) + " END";
    }

    private static String fakeName(Part part, int n, int next) {
        String first = Names.at(Names.FIRST, "('x' || left(h" + n + ", 8))::bit(32)::bigint + " + next);
        String last = Names.at(Names.LAST, "('x' || substr(h" + n + ", 9, 8))::bit(32)::bigint + " + next);
        return switch (part) {
            case FIRST -> first;
            case LAST -> last;
            case FULL -> first + " || ' ' || " + last;
        };
    }

    private static Part partOf(String column) {
        String name = column.toLowerCase(Locale.ROOT);
        if (name.contains("first") || name.contains("given") || name.contains("fore") || name.contains("middle")) {
            return Part.FIRST;
        }
        boolean last = name.contains("last") || name.contains("sur") || name.contains("family");
        return last ? Part.LAST : Part.FULL;
    }

    private static String cut(String text, long room) {
        return room == Long.MAX_VALUE ? text : "rtrim(left(" + text + ", " + room + "))";
    }

    private static String days(MaskedColumn masked) {
        int most = masked.rule().days();
        return masked.rule().perRow()
                ? "((1 + ('x' || left(row_hash, 8))::bit(32)::bigint % " + most
                        + ") * CASE WHEN substr(row_hash, 9, 1) < '8' THEN -1 ELSE 1 END)::int"
                : "((1 + current_setting('belay.shift')::bigint % " + most
                        + ") * current_setting('belay.direction')::int)::int";
    }
}
