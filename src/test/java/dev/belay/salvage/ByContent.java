package dev.belay.salvage;

import dev.belay.salvage.Contents.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same for a table whose rows nothing but their content tells apart: what applications wrote is listed or carried,
 * and everything else is as in the backup.
 */
final class ByContent {

    private final Forms table;
    private final List<Row> salvaged;
    private final List<String> compared;
    private final List<String> kept;
    private final List<String> homes;

    ByContent(Forms table, List<Row> salvaged) {
        this.table = table;
        this.salvaged = salvaged;
        Set<String> fresh = table.fresh();
        this.compared = table.migrated().columns().stream()
                .filter(column -> !fresh.contains(column))
                .toList();
        this.kept = compared.stream()
                .filter(column -> table.home(column).isPresent())
                .toList();
        this.homes = table.homes(kept);
    }

    /** The faults in a table that the migration made: nothing in it has a home. */
    List<String> withoutHome() {
        List<String> faults = new ArrayList<>();
        Map<List<String>, Integer> listed = Contents.counted(salvaged, compared);
        (compared.isEmpty() ? Map.<List<String>, Integer>of() : written()).forEach((content, count) -> {
            if (listed.getOrDefault(content, 0) < count) {
                faults.add(fault("not listed", compared, content));
            }
        });
        return faults;
    }

    List<String> withHome(Forms.Form backup, Forms.Form carried) {
        List<String> faults = new ArrayList<>();
        Map<List<String>, Integer> listed = Contents.counted(salvaged, compared);
        Map<List<String>, Integer> more =
                Contents.more(Contents.counted(carried.rows(), homes), Contents.counted(backup.rows(), homes));
        boolean allHaveHomes = kept.size() == compared.size();
        written().forEach((content, count) -> {
            int places = allHaveHomes ? more.getOrDefault(content, 0) : 0;
            if (listed.getOrDefault(content, 0) + places < count) {
                faults.add(fault("neither carried nor listed", compared, content));
            }
        });
        List<String> columns = backup.columns();
        Map<List<String>, Integer> had = Contents.counted(backup.rows(), columns);
        Map<List<String>, Integer> has = Contents.counted(carried.rows(), columns);
        Set<List<String>> live = contents(table.live().rows(), kept);
        Contents.more(has, had).keySet().stream()
                .filter(row -> !live.contains(picked(row, columns, homes)))
                .forEach(row -> faults.add(fault("comes from nowhere", columns, row)));
        Set<List<String>> gone = gone();
        Contents.more(had, has).keySet().stream()
                .filter(row -> !gone.contains(picked(row, columns, homes)))
                .forEach(row -> faults.add(fault("is missing", columns, row)));
        return faults;
    }

    private String fault(String what, List<String> columns, List<String> content) {
        return table.shown() + ": " + what + ": " + columns + " = " + content;
    }

    /** What the live table has and the migrated one has not. */
    private Map<List<String>, Integer> written() {
        return Contents.more(
                Contents.counted(table.live().rows(), compared),
                Contents.counted(table.migrated().rows(), compared));
    }

    private Set<List<String>> gone() {
        Set<List<String>> gone = new HashSet<>();
        Contents.more(
                        Contents.counted(table.migrated().rows(), compared),
                        Contents.counted(table.live().rows(), compared))
                .keySet()
                .forEach(row -> gone.add(picked(row, compared, kept)));
        return gone;
    }

    private static Set<List<String>> contents(List<Row> rows, List<String> columns) {
        return Contents.counted(rows, columns).keySet();
    }

    private static List<String> picked(List<String> row, List<String> columns, List<String> some) {
        return some.stream().map(column -> row.get(columns.indexOf(column))).toList();
    }
}
