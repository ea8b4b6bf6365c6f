package dev.belay.reversal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What makes the privileges of one object those of before. */
final class Grants {

    private Grants() {}

    /**
     * REVOKEs, then GRANTs.
     *
     * @param on such as {@code ON TABLE public.t}
     * @param column the only column that is meant, with its parentheses; empty for the whole
     */
    static List<String> between(String wanted, String found, String on, String column) {
        List<String> statements = new ArrayList<>();
        grouped(minus(found, wanted))
                .forEach((to, privileges) -> statements.add("REVOKE " + joined(privileges, column) + " " + on + " FROM "
                        + to.replace(" WITH GRANT OPTION", "")));
        grouped(minus(wanted, found))
                .forEach((to, privileges) ->
                        statements.add("GRANT " + joined(privileges, column) + " " + on + " TO " + to));
        return statements;
    }

    private static String joined(Set<String> privileges, String column) {
        return String.join(
                ", ", privileges.stream().map(privilege -> privilege + column).toList());
    }

    private static Set<String> minus(String some, String others) {
        Set<String> left = new LinkedHashSet<>(List.of(some.split("\n")));
        left.removeAll(List.of(others.split("\n")));
        left.remove("");
        return left;
    }

    private static Map<String, Set<String>> grouped(Set<String> entries) {
        Map<String, Set<String>> byGrantee = new TreeMap<>();
        for (String entry : entries) {
            List<String> parts = List.of(entry.split("\\|", -1));
            String to = parts.get(0) + (parts.get(2).startsWith("t") ? " WITH GRANT OPTION" : "");
            byGrantee.computeIfAbsent(to, key -> new TreeSet<>()).add(parts.get(1));
        }
        return byGrantee;
    }
}
