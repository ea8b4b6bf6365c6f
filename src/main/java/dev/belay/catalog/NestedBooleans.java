package dev.belay.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes {@code ((a AND b) AND c)} as {@code (a AND b AND c)}, and OR alike. PostgreSQL stores {@code x BETWEEN 1 AND 2 AND c}
 * in the first form, but when it reads that back from a dump it makes the second of it. Both mean the same, and without this
 * no table with such a check, index, policy or view would ever equal its copy.
 */
final class NestedBooleans {

    /** Deeper than what anybody writes; beyond it the text stays as it is, rather than that the stack runs out. */
    private static final int DEEPEST = 200;

    private static final List<String> OPERATORS = List.of(" AND ", " OR ");

    private final String text;
    private int at;

    private NestedBooleans(String text) {
        this.text = text;
    }

    static String flattened(String definition) {
        return OPERATORS.stream().anyMatch(definition::contains) && depth(definition) <= DEEPEST
                ? new NestedBooleans(definition).read(0).text()
                : definition;
    }

    /**
     * What stands between two brackets.
     *
     * @param operator the only one that joins its operands; empty when there is none, or more than one
     */
    private record Group(String text, String operator) {}

    /** An operand, and the group that is all of it; without such a group it stays as it is. */
    private static final class Operand {
        private final StringBuilder text = new StringBuilder();
        private Group alone = new Group("", "");

        void add(Group group) {
            boolean first = text.isEmpty();
            text.append('(').append(group.text()).append(')');
            alone = first ? group : new Group("", "");
        }

        void add(String piece) {
            text.append(piece);
            alone = new Group("", "");
        }

        String shown(String operator) {
            return !operator.isEmpty() && alone.operator().equals(operator) ? alone.text() : text.toString();
        }
    }

    /** Reads up to the bracket that closes the group, or to the end. */
    private Group read(int depth) {
        List<Operand> operands = new ArrayList<>(List.of(new Operand()));
        List<String> operators = new ArrayList<>();
        while (at < text.length() && !(depth > 0 && text.charAt(at) == ')')) {
            Operand operand = operands.get(operands.size() - 1);
            String operator = operator();
            if (!operator.isEmpty()) {
                operators.add(operator);
                operands.add(new Operand());
                at += operator.length();
            } else if (text.charAt(at) == '(') {
                at++;
                Group inner = read(depth + 1);
                if (at < text.length()) {
                    operand.add(inner);
                    at++;
                } else {
                    operand.add("(" + inner.text());
                }
            } else {
                operand.add(piece());
            }
        }
        return join(operands, operators);
    }

    private static Group join(List<Operand> operands, List<String> operators) {
        Set<String> distinct = new HashSet<>(operators);
        String only = distinct.size() == 1 ? operators.get(0) : "";
        StringBuilder joined = new StringBuilder(operands.get(0).shown(only));
        for (int i = 1; i < operands.size(); i++) {
            joined.append(operators.get(i - 1)).append(operands.get(i).shown(only));
        }
        return new Group(joined.toString(), only);
    }

    private String operator() {
        return OPERATORS.stream()
                .filter(operator -> text.startsWith(operator, at))
                .findFirst()
                .orElse("");
    }

    /** A character, or a whole literal or quoted name; the definition is JSON, which escapes double quotes. */
    private String piece() {
        int from = at;
        String quote = text.startsWith("\\\"", at) ? "\\\"" : text.charAt(at) == '\'' ? "'" : "";
        int end = quote.isEmpty() ? -1 : text.indexOf(quote, at + quote.length());
        at = end < 0 ? at + 1 : end + quote.length();
        return text.substring(from, at);
    }

    private static int depth(String text) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }
}
