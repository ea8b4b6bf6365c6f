package dev.belay.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.belay.salvage.Dice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes bodies: text that was JSON, with things wrong in it and in how it is written down. */
record Bodies(Dice dice) {

    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|true|false|null|-?\\d+|\\[[^\\[\\]]*]");

    /** What goes deeper than what can be made up from a schema; other operations have that. */
    private static final Map<String, String> GOOD = Map.of(
            "POST /migrations", """
            {"database":"playground","to":{"app":"1"},"dryRun":true}""",
            "POST /rollbacks", """
            {"database":"playground","method":"UNDO","to":{"app":"0"},"dryRun":true}""",
            "POST /resets", """
            {"database":"playground","mode":"FLUSH","confirm":"playground","backup":true}""",
            "POST /refreshes", """
            {"database":"playground","from":"victim","migrate":true,"waive":["canary.name"]}""",
            "POST /drafts", """
            {"database":"playground","kind":"diff","module":"app","name":"add things",\
            "desired":{"file":"desired.sql"},"renames":[{"table":"canary","to":"finch"}],"privileges":false}""");

    static String good(Operation operation, ObjectNode made) {
        return GOOD.getOrDefault(operation.name(), made.toString());
    }

    byte[] bytes(String good, boolean hostile) {
        String text = dice.percent(12) ? good.replace("\"playground\"", "\"victim\"") : good;
        if (!hostile) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        for (int i = 0; i < dice.between(1, 2); i++) {
            text = mutated(text);
        }
        return written(text);
    }

    private String mutated(String text) {
        return switch (dice.between(1, 20)) {
            case 1 -> text.substring(0, dice.between(0, text.length()));
            case 2 -> "[" + text + "]";
            case 3 -> Hostile.token(dice);
            case 4 -> text.replaceFirst("}$", ",\"database\":\"victim\"}");
            case 5 -> text.replaceFirst("^\\{", "{\"database\":\"victim\",");
            case 6 -> text.replaceFirst("}$", ",\"nope\":1}");
            case 7 -> text + dice.one("x", "{}", "]", "\u0000", ",", text);
            case 8 -> "";
            case 9 -> text.replaceFirst("\"[^\"]*\":\"[^\"]*\",", "");
            case 10 -> text.replaceFirst("}$", ",}");
            case 11 -> text.replace(':', dice.one('=', ' ', ';'));
            case 12, 13 -> replaced(text, true);
            default -> replaced(text, false);
        };
    }

    /** Puts something else where a name or a value stands. */
    private String replaced(String text, boolean names) {
        List<MatchResult> places = TOKEN.matcher(text)
                .results()
                .filter(place -> isName(text, place) == names)
                .toList();
        if (places.isEmpty()) {
            return Hostile.token(dice);
        }
        MatchResult place = dice.one(places);
        String other = names ? Hostile.quoted(Hostile.text(dice)) : Hostile.token(dice);
        return text.substring(0, place.start()) + other + text.substring(place.end());
    }

    private static boolean isName(String text, MatchResult place) {
        return text.startsWith(":", place.end());
    }

    private byte[] written(String text) {
        return switch (dice.between(1, 30)) {
            case 1 -> text.getBytes(StandardCharsets.UTF_16);
            case 2 -> text.getBytes(StandardCharsets.UTF_16LE);
            case 3 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
            case 4 -> text.replace('a', '\u00e9').getBytes(StandardCharsets.ISO_8859_1);
            // overlong, a surrogate, beyond the last, cut
            case 5 -> spliced(text, new byte[] {(byte) 0xc0, (byte) 0x80});
            case 6 -> spliced(text, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
            case 7 -> spliced(text, new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80});
            case 8 -> spliced(text, new byte[] {(byte) 0xe2, (byte) 0x82});
            default -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] spliced(String text, byte[] bad) {
        byte[] good = text.getBytes(StandardCharsets.UTF_8);
        int at = Math.min(good.length, Math.max(0, text.indexOf("app") + 1));
        byte[] all = new byte[good.length + bad.length];
        System.arraycopy(good, 0, all, 0, at);
        System.arraycopy(bad, 0, all, at, bad.length);
        System.arraycopy(good, at, all, at + bad.length, good.length - at);
        return all;
    }
}
