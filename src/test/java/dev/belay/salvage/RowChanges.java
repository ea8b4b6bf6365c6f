package dev.belay.salvage;

import dev.belay.salvage.Migration.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a random migration does to the rows that are there. */
final class RowChanges {

    private final Dice dice;

    RowChanges(Dice dice) {
        this.dice = dice;
    }

    Optional<Change> update(Shape.Table table) {
        boolean key = dice.percent(8);
        return dice.any(key ? table.key() : table.values())
                .map(column -> new Change(
                        List.of("UPDATE " + table.quoted() + " SET " + column.quoted() + " = " + rewritten(column, key)
                                + (key ? "" : some(table))),
                        List.of()));
    }

    /** Which rows is a matter of what is in them, not of where they lie. */
    private String some(Shape.Table table) {
        return switch (dice.between(0, 2)) {
            case 0 -> "";
            case 1 ->
                dice.any(table.values())
                        .map(column -> " WHERE " + column.quoted() + " IS NULL")
                        .orElse("");
            default -> table.key().isEmpty() ? "" : " WHERE " + third(table);
        };
    }

    private String third(Shape.Table table) {
        return "hashtext(ROW(" + SetUp.named(table.key()) + ")::text) % 3 = " + dice.between(0, 2);
    }

    private String rewritten(Shape.Column column, boolean key) {
        String fresh = Values.fresh(column.type());
        if (!key && !fresh.equals("NULL") && dice.percent(25)) {
            return fresh;
        }
        return switch (column.type()) {
            // So far away that no key meets another row's.
            case "integer", "bigint", "numeric", "numeric(10,2)", "positive" ->
                column.quoted() + (key ? " + 100000" : " + 1");
            case "text", "character varying(12)", "mail" ->
                dice.percent(50) && !key ? "upper(" + column.quoted() + ")" : column.quoted() + " || '!'";
            case "boolean" -> "NOT " + column.quoted();
            case "date" -> column.quoted() + " + 1";
            default -> Values.of(dice, column.type());
        };
    }

    Optional<Change> delete(Shape.Table table) {
        String where = table.key().isEmpty() ? some(table) : " WHERE " + third(table);
        return Change.of(List.of("DELETE FROM " + table.quoted() + where), List.of());
    }

    Optional<Change> insert(Shape.Table table) {
        List<String> values = new ArrayList<>();
        for (Shape.Column column : table.writable()) {
            boolean id = table.key().contains(column);
            values.add(
                    id && column.type().equals("integer")
                            ? String.valueOf(dice.between(50, 60))
                            : Values.random(dice, column));
        }
        return Change.of(
                List.of("INSERT INTO " + table.quoted() + " (" + SetUp.named(table.writable())
                        + ") OVERRIDING SYSTEM VALUE VALUES (" + String.join(", ", values) + ")"),
                List.of());
    }
}
