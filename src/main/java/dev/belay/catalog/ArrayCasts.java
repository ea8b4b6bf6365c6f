package dev.belay.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes {@code (ARRAY[a, b])::text[]} as {@code ARRAY[(a)::text, (b)::text]}. PostgreSQL stores
 * {@code kind IN ('a', 'b')} on a varchar column in the first form, but when it reads that back from a dump it makes the
 * second of it. Both mean the same, and without this no table with such a check would ever equal its copy.
 */
final class ArrayCasts {

    private static final String OPENING = "(ARRAY[";
    private static final Pattern CAST = Pattern.compile("\\)::([a-z][a-z0-9_ .]*(?:\\(\\d+(?:,\\d+)?\\))?)\\[]");

    private ArrayCasts() {}

    static String unified(String definition) {
        int at = definition.indexOf(OPENING);
        if (at < 0) {
            return definition;
        }
        StringBuilder result = new StringBuilder(definition.substring(0, at));
        while (at >= 0) {
            int first = at + OPENING.length();
            List<String> elements = new ArrayList<>();
            int end = elements(definition, first, elements);
            Matcher cast = CAST.matcher(definition);
            int next;
            if (end >= 0 && cast.find(end + 1) && cast.start() == end + 1) {
                String suffix = ")::" + cast.group(1);
                result.append("ARRAY[");
                result.append(String.join(
                        ", ",
                        elements.stream().map(element -> "(" + element + suffix).toList()));
                result.append(']');
                next = cast.end();
            } else {
                result.append(OPENING);
                next = first;
            }
            at = definition.indexOf(OPENING, next);
            result.append(definition, next, at < 0 ? definition.length() : at);
        }
        return result.toString();
    }

    /** Collects the elements that start at {@code from} and returns where their closing bracket is, or -1. */
    private static int elements(String text, int from, List<String> elements) {
        int depth = 0;
        int start = from;
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (depth > 0 && (c == ')' || c == ']')) {
                depth--;
            } else if (depth == 0 && (c == ',' || c == ']')) {
                elements.add(text.substring(start, i).strip());
                start = i + 1;
                if (c == ']') {
                    return i;
                }
            }
        }
        return -1;
    }
}
