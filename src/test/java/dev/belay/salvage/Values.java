package dev.belay.salvage;

import dev.belay.postgres.Identifiers;
import java.util.List;
import java.util.Map;

/** Random values of the types that a random schema uses, as SQL: few enough that they meet, odd enough to trip over. */
final class Values {

    private static final Map<String, List<String>> POOLS = Map.ofEntries(
            Map.entry("integer", List.of("0", "1", "2", "3", "-7", "42", "2147483647")),
            Map.entry("bigint", List.of("0", "1", "4294967296", "-9223372036854775808", "77")),
            Map.entry("numeric", List.of("1.1", "1.10", "0", "-0.000", "NaN", "1e20", "3.14159265358979")),
            Map.entry("numeric(10,2)", List.of("1.10", "2.00", "-3.33", "99999999.99")),
            Map.entry(
                    "text",
                    List.of("", "a", "ünï", "it's", "two\nlines", "NULL", "\\x", "back\\slash", "b ", "B", "7")),
            Map.entry("character varying(12)", List.of("", "a", "short", "twelve chars", "ñ", "5", "-1")),
            Map.entry("boolean", List.of("t", "f")),
            Map.entry("date", List.of("2024-02-29", "1999-12-31", "infinity", "0044-03-15 BC", "2026-11-22")),
            Map.entry(
                    "timestamp without time zone",
                    List.of("2024-02-29 23:59:59.999999", "2001-01-01", "-infinity", "2026-11-22 08:00:00.5")),
            Map.entry(
                    "timestamp with time zone",
                    List.of(
                            "2024-03-31 02:30:00+01",
                            "2001-01-01 00:00:00Z",
                            "infinity",
                            "2026-11-22 08:00:00.000001Z")),
            Map.entry("jsonb", List.of("{\"a\": [1, null]}", "null", "\"x\"", "{}", "{\"a\": 1.0}", "{\"a\": 1.00}")),
            Map.entry("bytea", List.of("\\x", "\\x00ff", "\\xdeadbeef")),
            Map.entry("text[]", List.of("{}", "{a,NULL,\"b c\"}", "{{x},{y}}", "{\"\"}")),
            Map.entry(
                    "double precision", List.of("0", "-0", "0.1", "NaN", "-Infinity", "1e300", "0.30000000000000004")),
            Map.entry("mood", List.of("sad", "ok", "happy face")),
            Map.entry("positive", List.of("1", "2", "1000")),
            Map.entry("mail", List.of("a@b", "ü@x", "someone@example.org")));

    private Values() {}

    /** A literal of this type, or NULL now and then where it may be. */
    static String random(Dice dice, Shape.Column column) {
        return !column.notNull() && dice.percent(15) ? "NULL" : of(dice, column.type());
    }

    static String of(Dice dice, String type) {
        if (type.equals("uuid")) {
            return dice.percent(20)
                    ? "'00000000-0000-0000-0000-00000000000" + dice.between(0, 3) + "'"
                    : "'" + dice.uuid() + "'";
        }
        List<String> pool = POOLS.getOrDefault(type, List.of("1", "a"));
        if (type.equals("integer") && dice.percent(40)) {
            return String.valueOf(dice.between(1, 60));
        }
        if (type.equals("text") && dice.percent(40)) {
            return Identifiers.literal("text " + dice.between(1, 99));
        }
        return Identifiers.literal(dice.one(pool));
    }

    /** What makes something new at each run, if the type has such a thing; else NULL. */
    static String fresh(String type) {
        return switch (type) {
            case "timestamp with time zone" -> "clock_timestamp()";
            case "timestamp without time zone" -> "clock_timestamp()::timestamp";
            case "uuid" -> "gen_random_uuid()";
            case "text" -> "gen_random_uuid()::text";
            case "double precision" -> "random()";
            default -> "NULL";
        };
    }
}
