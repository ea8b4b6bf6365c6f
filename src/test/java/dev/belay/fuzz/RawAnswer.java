package dev.belay.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An answer as it came.
 *
 * @param status 0 when the connection was closed without one
 * @param headers by their names in small letters
 * @param fault what kept it from being read; empty when nothing did
 */
@SuppressWarnings("ArrayRecordComponent")
record RawAnswer(int status, Map<String, List<String>> headers, byte[] body, String fault) {

    static RawAnswer none(String fault) {
        return new RawAnswer(0, Map.of(), new byte[0], fault);
    }

    /** The first header of that name; empty when there is none. */
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).get(0);
    }

    String mediaType() {
        return header("content-type").replaceAll("\\s*;.*", "").toLowerCase(Locale.ROOT);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String text = text();
        return fault.isEmpty()
                ? status + " " + headers + " " + text.substring(0, Math.min(1500, text.length()))
                : fault;
    }
}
