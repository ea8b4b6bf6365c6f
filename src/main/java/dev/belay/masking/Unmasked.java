package dev.belay.masking;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The columns that look personal and for which nobody has said what becomes of them. */
final class Unmasked {

    private final Map<Column, String> found;

    /** @param found each with why it looks personal */
    Unmasked(Map<Column, String> found) {
        this.found = found;
    }

    /**
     * The waived ones among them.
     *
     * @throws ProblemException MASKING_INCOMPLETE when there are others, INVALID_REQUEST when a column is waived that is
     *     none of them
     */
    List<String> require(Set<String> waivers) {
        Set<String> unused = new TreeSet<>(waivers);
        List<Column> open = new ArrayList<>();
        List<String> waived = new ArrayList<>();
        for (Column column : found.keySet()) {
            String full = column.id().toString();
            String brief = column.id().table().table() + "." + column.id().column();
            if (waivers.contains(full) || waivers.contains(brief)) {
                unused.remove(full);
                unused.remove(brief);
                waived.add(full);
            } else {
                open.add(column);
            }
        }
        if (!open.isEmpty()) {
            throw incomplete(open);
        }
        if (!unused.isEmpty()) {
            throw ProblemType.INVALID_REQUEST.because("In \"waive\" there is " + String.join(", ", unused)
                    + ", which is no column of the backup that looks personal and has no rule. Nothing has left the"
                    + " scratch server. Leave it out, then ask again.");
        }
        return waived;
    }

    private ProblemException incomplete(List<Column> open) {
        String all = open.stream()
                .map(column -> column.id() + " (" + found.get(column) + ")")
                .collect(Collectors.joining(", "));
        String lines = open.stream().map(column -> "\n  - " + line(column)).collect(Collectors.joining());
        return ProblemType.MASKING_INCOMPLETE.because(
                open.size() + (open.size() == 1 ? " column looks" : " columns look")
                        + " personal and no rule says what becomes of it: " + all
                        + ". Nothing has left the scratch server; the database is as it was. Say it under masking in"
                        + " belay.yaml (keep is for what is harmless), or name it in \"waive\". For example:\nmasking:"
                        + lines);
    }

    private static String line(Column column) {
        return "{table: " + yaml(column.id().table().toString()) + ", column: "
                + yaml(column.id().column()) + ", " + proposal(column) + "}";
    }

    private static String proposal(Column column) {
        String name = column.id().column().toLowerCase(Locale.ROOT);
        if (column.isDate()) {
            return "rule: shift-dates, days: 30";
        } else if (column.isText() && name.contains("passw")) {
            return "rule: fixed, value: \"!\"";
        } else if (column.isText() && name.contains("mail") && column.room() >= Expressions.SHORTEST_EMAIL) {
            return "rule: fake-email";
        } else if (column.isText() && name.contains("name") && !column.unique()) {
            return "rule: fake-name";
        } else if (column.isText() || column.isWhole()) {
            return "rule: hash";
        }
        return column.notNull() ? "rule: shuffle" : "rule: \"null\"";
    }

    private static String yaml(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_.]*")
                ? name
                : '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(name)) + '"';
    }
}
