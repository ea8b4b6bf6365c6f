package dev.belay.reversal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes definitions with the names that other objects have in another state. */
final class Renamed {

    private final Map<String, String> names = new LinkedHashMap<>();

    void remember(Structure of, SchemaObject was, Structure in, SchemaObject is) {
        if (was.kind() == Kind.SCHEMA || was.kind() == Kind.ENUM_LABEL) {
            return;
        }
        String from = was.kind() == Kind.COLUMN ? was.name() : of.nameOf(was);
        String into = is.kind() == Kind.COLUMN ? is.name() : in.nameOf(is);
        if (!from.equals(into)) {
            names.put(from, into);
        }
    }

    String apply(String definition) {
        String text = definition;
        for (Map.Entry<String, String> name : names.entrySet()) {
            if (text.contains(name.getKey())) {
                text = text.replaceAll(
                        "(?<![\\w\".$])" + Pattern.quote(name.getKey()) + "(?![\\w\"$])",
                        Matcher.quoteReplacement(name.getValue()));
            }
        }
        return text;
    }
}
