package dev.belay.salvage;

import java.util.List;

/**
 * What a seed made up, as SQL that a person can run again.
 *
 * @param setUp the schema and its rows
 * @param forward the migration
 * @param back what takes it back
 * @param writes what applications wrote after the migration, up to the first pass of a carry
 * @param later what they wrote after that
 */
record Scenario(
        long seed,
        List<String> setUp,
        List<String> forward,
        List<String> back,
        List<String> writes,
        List<String> later) {

    /** Where a database with a past has a column that was dropped since. */
    static final String GAP = "/* gap */";

    /** The set-up of a database with a past: its OIDs and attnums are others than those of its restored copy. */
    List<String> setUpWithPast() {
        return setUp.stream()
                .flatMap(sql -> sql.contains(GAP)
                        ? List.of(
                                sql.replace(GAP, "gone integer, "),
                                "ALTER TABLE " + sql.substring("CREATE TABLE ".length(), sql.indexOf(" (" + GAP))
                                        + " DROP COLUMN gone")
                                .stream()
                        : List.of(sql).stream())
                .toList();
    }

    String shown() {
        return "-- seed " + seed + "\n-- schema\n" + script(setUp) + "-- V\n" + script(forward) + "-- U\n"
                + script(back) + "-- writes\n" + script(writes) + "-- writes after the first pass\n" + script(later);
    }

    private static String script(List<String> statements) {
        return String.join("", statements.stream().map(sql -> sql + ";\n").toList());
    }
}
