package dev.belay.fuzz;

import dev.belay.salvage.Dice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What people send who mean harm, or have a bug. None of it uses words that Belay's own faults would be known by. */
final class Hostile {

    private static final List<String> TEXTS = List.of(
            "' OR 1=1;--",
            "\"; DROP TABLE canary; --",
            "'; DROP DATABASE victim; --",
            "$$; DROP TABLE canary; $$",
            "\\'; SELECT pg_sleep(9); --",
            "1; COPY canary TO PROGRAM 'touch pwned'",
            "canary\" CASCADE",
            "public.canary;--",
            "%",
            "_",
            "${jndi:ldap://127.0.0.1:1/a}",
            "{{7*7}}#{7*7}",
            "$(touch pwned)",
            "`touch pwned`",
            "-rf",
            "--help",
            "host=127.0.0.1 port=1",
            "postgresql://127.0.0.1:1/x",
            "http://127.0.0.1:1/",
            "file:///etc/passwd",
            "../../../../../../etc/passwd",
            "..\\..\\..\\canary.txt",
            "/etc/passwd",
            "../../canary.txt",
            "./app/../../../canary.txt",
            "belay.yaml",
            "canary.txt\u0000.sql",
            "a\u0000b",
            "\u0000",
            "\u202Eevil\u2066",
            "e\u0301\u0301\u0301\u0301",
            "\uFEFFvictim",
            "\uFFFF\uFFFE",
            "\uD83D\uDC7E",
            "İıſK",
            "a\r\nX-Injected: 1",
            "line\nbreak\ttab",
            "\u0001\u001b[31m\u007f\u0085\u2028",
            "<script>alert(1)</script>",
            "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
            "",
            " ",
            ".",
            "..",
            "null",
            "true",
            "-1",
            "0",
            "NaN",
            "1e999",
            "2147483648",
            "9223372036854775808",
            "00000000-0000-0000-0000-000000000000",
            "0b0a8a76-3a4f-4a66-8a76-c1d0b1e1c5b",
            "1-1-1-1-1",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "0000-00-00T00:00:00Z",
            "2026-02-30T12:00:00Z",
            "victim",
            "x".repeat(64),
            "é".repeat(300),
            "9".repeat(400));

    /** JSON as the grammar has it, or nearly. */
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "false",
            "-0",
            "0",
            "-1",
            "1.5",
            "1e999",
            "-1e99999999",
            "1" + "0".repeat(400),
            "2147483648",
            "9223372036854775808",
            "NaN",
            "Infinity",
            "0x10",
            "01",
            "+1",
            "[]",
            "{}",
            "[null]",
            "[[\"app\"]]",
            "{\"\":\"\"}",
            "{\"app\":null}",
            "{\"a\":1,\"a\":2}",
            "{\"@class\":\"java.lang.Runtime\"}",
            "[\"java.lang.Runtime\",{}]",
            "{\"$ref\":\"#\"}",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\u0001\\u001b\\u007f\"",
            "\"\\x41\"",
            "'app'",
            "app",
            "\"open",
            "/* comment */ 1",
            "\"VICTIM\"",
            "\"victim\"",
            "\"playground\"",
            "\"madaris\"",
            "[" + "1,".repeat(9_999) + "1]",
            "{\"" + "a\":1,\"".repeat(3_000) + "b\":1}");

    /** Ways to write a part of a path, most of which no client would. */
    private static final List<String> SEGMENTS = List.of(
            "%2e%2e",
            "..",
            ".",
            "%2e",
            "%00",
            "a%00b",
            "%2f",
            "%2fetc%2fpasswd",
            "..%2f..%2fcanary.txt",
            "%5c..%5c",
            ";a=b",
            "%3ba=b",
            "",
            "%",
            "%zz",
            "%c0%af",
            "%ff%fe",
            "%ed%a0%80",
            "%e2%80%ae",
            "%0d%0aX-Injected:%201",
            "'%20OR%201=1;--",
            "'",
            "\"",
            "<x>",
            "{id}",
            "*",
            "%2a",
            "~",
            "+",
            "%20",
            "null",
            "-1",
            "@",
            ":",
            "|",
            "^",
            "a?b",
            "%3f",
            "%23",
            "victim;DROP",
            "$$",
            "$%7b7*7%7d",
            "%25%32%65",
            "%u002e",
            "\u00ff\u00fe");

    private Hostile() {}

    static String text(Dice dice) {
        return dice.percent(3) ? "x".repeat(dice.one(256, 5_000, 70_000)) : dice.one(TEXTS);
    }

    static String segment(Dice dice) {
        return switch (dice.between(1, 10)) {
            case 1 -> "x".repeat(dice.one(100, 1_000, 3_000));
            case 2, 3, 4 -> encoded(dice.one(TEXTS));
            default -> dice.one(SEGMENTS);
        };
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A value as it stands in JSON. */
    static String token(Dice dice) {
        if (dice.percent(4)) {
            int depth = dice.one(10, 100, 999, 1_001, 10_000);
            return dice.percent(50)
                    ? "[".repeat(depth) + "]".repeat(depth)
                    : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        }
        if (dice.percent(1)) {
            return quoted("x".repeat(dice.one(100_000, 900_000, 1_100_000)));
        }
        return dice.percent(50) ? dice.one(TOKENS) : quoted(text(dice));
    }

    /** As JSON has it; what is no character of its own is left as it is, so that some of it is no JSON. */
    static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\u0000", "\\u0000")
                        .replace("\u001b", "\\u001b")
                + '"';
    }
}
