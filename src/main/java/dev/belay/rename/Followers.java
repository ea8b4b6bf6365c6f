package dev.belay.rename;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.draft.ScriptPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Renames what is named after a table or after columns of it. */
final class Followers {

    private final ScriptPair pair;
    private final Taken taken;
    private final String renamedTable;
    private final String renamedTo;

    /** For a rename of this table; the same name twice when only a column has another one. */
    Followers(ScriptPair pair, Taken taken, String renamedTable, String renamedTo) {
        this.pair = pair;
        this.taken = taken;
        this.renamedTable = renamedTable;
        this.renamedTo = renamedTo;
    }

    /**
     * To be called when table and columns have their new names.
     *
     * @param table as it was
     * @param to its new name
     * @param columns new names by old ones, of those that have another one
     * @return what has kept its name
     */
    List<Part> follow(Table table, String to, Map<String, String> columns) {
        List<Part> left = new ArrayList<>();
        for (Part part : table.parts()) {
            String wanted = NameRule.renamed(part.name(), was(table, part), is(to, part, columns));
            if (wanted.equals(part.name())) {
                left.add(part);
            } else {
                String name = taken.rename(table, part, wanted);
                pair.change(sql(table, to, part, part.name(), name), sql(table, to, part, name, part.name()));
            }
        }
        return left;
    }

    private static Named was(Table table, Part part) {
        return new Named(table.name(), names(part), part.referencedTable(), part.referencedColumns());
    }

    private Named is(String to, Part part, Map<String, String> columns) {
        boolean isToRenamed = Objects.equals(part.referencedTable(), renamedTable);
        return new Named(
                to,
                names(part).stream()
                        .map(column -> columns.getOrDefault(column, column))
                        .toList(),
                isToRenamed ? renamedTo : part.referencedTable(),
                part.referencedColumns());
    }

    private static List<String> names(Part part) {
        return part.columns().isEmpty() ? part.uses() : part.columns();
    }

    private static String sql(Table table, String to, Part part, String from, String name) {
        String rename = " RENAME TO " + quote(name);
        String on = quote(from) + " ON " + table.sql(to) + rename;
        String qualified = part.schema().isEmpty() ? "" : quote(part.schema()) + "." + quote(from) + rename;
        return switch (part.kind()) {
            case SEQUENCE -> "ALTER SEQUENCE " + qualified;
            case INDEX -> "ALTER INDEX " + qualified;
            case STATISTICS -> "ALTER STATISTICS " + qualified;
            case CONSTRAINT ->
                "ALTER TABLE " + table.sql(to) + " RENAME CONSTRAINT " + quote(from) + " TO " + quote(name);
            case TRIGGER -> "ALTER TRIGGER " + on;
            case POLICY -> "ALTER POLICY " + on;
            case RULE -> "ALTER RULE " + on;
        };
    }
}
