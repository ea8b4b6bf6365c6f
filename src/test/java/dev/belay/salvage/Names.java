package dev.belay.salvage;

import java.util.ArrayList;
import java.util.List;

/** Names that nobody has yet, plain ones and ones that need care. */
final class Names {

    private static final List<String> TABLES = List.of(
            "item",
            "person",
            "orders",
            "a\"b",
            "ünï",
            "select",
            "User",
            "with space",
            "a_very_long_name_that_has_exactly_as_many_bytes_as_a_name_may__",
            "log.entry",
            "x'y",
            "100%");
    private static final List<String> COLUMNS = List.of(
            "name",
            "state",
            "amount",
            "note",
            "Mixed",
            "order",
            "c\"q",
            "größe",
            "at",
            "flag",
            "val 1",
            "x$y",
            "_",
            "desc",
            "a_very_long_column_that_has_exactly_as_many_bytes_as_one_may___",
            "belay_reason",
            "t",
            "l",
            "row");

    private final Dice dice;
    private final List<String> used = new ArrayList<>(List.of("id", "code", "part"));
    private int count;

    Names(Dice dice) {
        this.dice = dice;
    }

    String table() {
        return fresh(TABLES);
    }

    /** Unlike any other column's: so a migration's new columns never take the place of another by accident. */
    String column() {
        return fresh(COLUMNS);
    }

    private String fresh(List<String> pool) {
        String name = dice.percent(70) ? dice.one(pool) : "n";
        while (used.contains(name)) {
            String suffix = String.valueOf(++count);
            String plain = dice.one(pool);
            name = dev.belay.postgres.Identifiers.shortened(plain, 63 - suffix.length()) + suffix;
        }
        used.add(name);
        return name;
    }
}
