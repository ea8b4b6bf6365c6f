package dev.belay.sql;

import dev.belay.postgres.Identifiers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds names in a script that have more bytes than PostgreSQL keeps: it cuts them without an error. */
public final class LongNames {

    /** What PostgreSQL keeps of a name, in bytes. */
    public static final int LONGEST = 63;

    private static final Pattern PARTS =
            Pattern.compile("--[^\\n]*+|/\\*(?s:.*?)\\*/|\\b[eE]'(?:[^'\\\\]|\\\\(?s:.)|'')*+'|'[^']*+'"
                    + "|(?<quoted>\"(?:[^\"]|\"\")++\")|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*+)");

    private LongNames() {}

    /**
     * A name that is cut.
     *
     * @param name as it is meant, without quotes
     * @param kept what PostgreSQL makes of it
     * @param line where it stands first, from 1
     */
    public record LongName(String name, String kept, int line) {}

    /** Each name once; those too in the bodies of functions. */
    public static List<LongName> in(String script) {
        List<LongName> found = new ArrayList<>();
        Matcher parts = PARTS.matcher(script);
        while (parts.find()) {
            String name = parts.group("word");
            if (parts.group("quoted") != null) {
                String quoted = parts.group("quoted");
                name = quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"");
            }
            if (name != null && name.getBytes(StandardCharsets.UTF_8).length > LONGEST && isNew(name, found)) {
                int line = 1
                        + (int) script.substring(0, parts.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                found.add(new LongName(name, Identifiers.shortened(name, LONGEST), line));
            }
        }
        return found;
    }

    private static boolean isNew(String name, List<LongName> found) {
        return found.stream().noneMatch(one -> one.name().equals(name));
    }
}
