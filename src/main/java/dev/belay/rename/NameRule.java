package dev.belay.rename;

import dev.belay.postgres.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what something is to be named when its table or a column has another name: as PostgreSQL or Django would have named
 * it if that is how it has its name, else with the old name replaced where it stands in it as a word of its own.
 */
final class NameRule {

    private static final int LONGEST = 63;
    private static final Pattern NUMBERED = Pattern.compile("(.*\\D)(\\d+)", Pattern.DOTALL);
    private static final List<String> BY_COLUMNS = List.of("key", "idx", "fkey", "excl", "check", "seq");

    private NameRule() {}

    /** The same name when it does not come from the table or its columns. */
    static String renamed(String name, Named was, Named is) {
        return makers(name).stream()
                .filter(maker -> maker.of(was).equals(name))
                .map(maker -> maker.of(is))
                .findFirst()
                .orElseGet(() -> replaced(name, was, is));
    }

    /** A way in which names are made. */
    private interface Maker {
        String of(Named named);
    }

    private static List<Maker> makers(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        List<Maker> makers = new ArrayList<>();
        for (String number : numbered.matches() ? List.of("", numbered.group(2)) : List.of("")) {
            makers.add(named -> PostgresName.of(named.table(), "", "pkey" + number));
            makers.add(named -> PostgresName.of(named.table(), "", "check" + number));
            for (String label : BY_COLUMNS) {
                makers.add(named -> PostgresName.of(named.table(), String.join("_", named.columns()), label + number));
            }
        }
        for (String suffix : List.of("", "_like", "_uniq", "_idx")) {
            makers.add(named -> DjangoName.of(named.table(), named.columns(), suffix));
        }
        makers.add(named -> DjangoName.of(
                named.table(),
                named.columns(),
                "_fk_" + named.referencedTable() + "_" + String.join("_", named.referencedColumns())));
        return makers;
    }

    private static String replaced(String name, Named was, Named is) {
        String table = was.table();
        boolean isAfterTable = !table.equals(is.table())
                && (name.equals(table) || name.startsWith(table + "_") || name.startsWith(table + "."));
        String rest = isAfterTable ? name.substring(table.length()) : name;
        for (int i = 0; i < was.columns().size(); i++) {
            rest = word(rest, was.columns().get(i), is.columns().get(i));
        }
        return Identifiers.shortened(isAfterTable ? is.table() + rest : rest, LONGEST);
    }

    /** Replaces a word between underscores. */
    static String word(String text, String from, String to) {
        return from.equals(to)
                ? text
                : text.replaceAll("(?<![^_])" + Pattern.quote(from) + "(?![^_])", Matcher.quoteReplacement(to));
    }
}
