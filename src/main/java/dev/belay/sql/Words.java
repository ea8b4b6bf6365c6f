package dev.belay.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the words of a script that may be names, those too in the bodies of functions and DO blocks; not what is in comments
 * and strings. A word that is a name of something is not always meant as that, so this finds too much rather than too little.
 */
public final class Words {

    private static final String WORD = "[\\p{L}_][\\p{L}\\p{N}_$]*+";
    private static final Pattern PARTS = Pattern.compile(
            "--[^\\n]*+|/\\*(?s:.*?)\\*/|(?<escaped>\\b[eE]')|'[^']*+'|\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*+)?\\$"
                    + "|(?<name>\"(?:[^\"]|\"\"){1,63}+\"|" + WORD + ")|(?<dot>\\.)|\\S");

    private Words() {}

    /** A name as its parts, folded as PostgreSQL does, such as schema and table; at least one part. */
    public static Set<List<String>> in(String sql) {
        Set<List<String>> found = new LinkedHashSet<>();
        List<String> chain = new ArrayList<>();
        boolean dotted = false;
        Matcher parts = PARTS.matcher(sql);
        while (parts.find()) {
            if (parts.group("dot") != null) {
                dotted = true;
                continue;
            }
            if (!dotted) {
                end(chain, found);
            }
            dotted = false;
            if (parts.group("escaped") != null) {
                parts.region(endOfEscaped(sql, parts.end()), sql.length());
            } else if (parts.group("name") != null) {
                chain.add(folded(parts.group("name")));
            } else if (!isSkipped(parts.group())) {
                end(chain, found);
            }
        }
        end(chain, found);
        return found;
    }

    /** The parts of one written name, folded as PostgreSQL does: {@code Shop."Odd.Name"} is shop and Odd.Name. */
    public static List<String> name(String written) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PARTS.matcher(written);
        while (matcher.find()) {
            if (matcher.group("name") != null) {
                parts.add(folded(matcher.group("name")));
            }
        }
        return parts;
    }

    /** Where a string goes on in which a backslash keeps a quote from ending it. */
    private static int endOfEscaped(String sql, int from) {
        int at = from;
        while (at < sql.length() && sql.charAt(at) != '\'') {
            at += sql.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, sql.length());
    }

    private static boolean isSkipped(String part) {
        return part.startsWith("--") || part.startsWith("/*");
    }

    private static void end(List<String> chain, Set<List<String>> found) {
        if (!chain.isEmpty()) {
            found.add(List.copyOf(chain));
            chain.clear();
        }
    }

    private static String folded(String word) {
        return word.startsWith("\"")
                ? word.substring(1, word.length() - 1).replace("\"\"", "\"")
                : word.toLowerCase(Locale.ROOT);
    }
}
