package dev.belay.reversal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a way back as a script that is read before it is kept. */
final class ReversalText {

    private static final int WIDTH = 110;

    private ReversalText() {}

    static String of(Reversal reversal, String file) {
        StringBuilder text = new StringBuilder();
        comment(
                text,
                "Takes " + file + " back. Made by Belay from what that script did to a copy of the database;"
                        + " nobody has written it. Read it, and keep it beside its V script if it is to stay.");
        comment(text, "Statements: " + counts(reversal) + ".");
        checkBodies(reversal, text);
        for (UndoStatement statement : reversal.statements()) {
            text.append('\n');
            if (statement.mark() != Mark.SAFE || !statement.why().isEmpty()) {
                comment(text, marked(statement));
            }
            if (!statement.sql().isEmpty()) {
                text.append(statement.sql()).append(";\n");
            }
        }
        return text.toString();
    }

    static String draft(Reversal made, String header) {
        StringBuilder text = new StringBuilder();
        comment(text, header);
        checkBodies(made, text);
        for (UndoStatement statement : made.statements()) {
            text.append('\n');
            if (!statement.why().isEmpty()) {
                comment(text, statement.why());
            }
            text.append(statement.sql()).append(";\n");
        }
        return text.toString();
    }

    private static void checkBodies(Reversal made, StringBuilder text) {
        if (made.statements().stream()
                .anyMatch(one -> one.sql().contains("FUNCTION ") || one.sql().contains("PROCEDURE "))) {
            text.append("\nSET LOCAL check_function_bodies = off;\n");
        }
    }

    private static String counts(Reversal reversal) {
        return List.of(Mark.values()).stream()
                .filter(mark -> reversal.count(mark) > 0)
                .map(mark -> reversal.count(mark) + " " + mark.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String marked(UndoStatement statement) {
        String mark = statement.mark().name();
        String amount = statement.mark() == Mark.LOSSY
                ? " (" + statement.rows() + " rows, " + statement.values() + " values)"
                : "";
        return mark + amount + (statement.why().isEmpty() ? "" : ": " + statement.why());
    }

    private static void comment(StringBuilder text, String words) {
        int column = 0;
        for (String word : words.replaceAll("\\s+", " ").split(" ", -1)) {
            if (column == 0 || column + word.length() > WIDTH) {
                text.append(column == 0 ? "--" : "\n--");
                column = 2;
            }
            text.append(' ').append(word);
            column += 1 + word.length();
        }
        text.append('\n');
    }
}
