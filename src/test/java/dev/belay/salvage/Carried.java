package dev.belay.salvage;

import dev.belay.salvage.Contents.Row;
import dev.belay.salvage.Fate.Listed;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds a successor against the {@link Reference}: each row is as it should be, or listed where it may be. */
final class Carried {

    private final List<String> faults = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();
    private final Salvaged salvaged;
    private final Casts casts;

    Carried(Salvaged salvaged, Casts casts) {
        this.salvaged = salvaged;
        this.casts = casts;
    }

    /** What is wrong in any case. */
    List<String> faults() {
        return faults;
    }

    /** What is listed, and would have to be carried if no constraint of the successor stood in the way. */
    List<String> conflicts() {
        return conflicts;
    }

    void table(Forms table) throws SQLException {
        Forms.Form backup = table.backup();
        Forms.Form carried = table.carried();
        ByContent contents = new ByContent(table, salvaged.of(table.live().table()));
        if (backup == null || carried == null) {
            faults.addAll(contents.withoutHome());
        } else if (table.keyed()) {
            keyed(table, carried);
        } else {
            faults.addAll(contents.withHome(backup, carried));
        }
    }

    /** Of a table that the migration dropped nobody wrote a row. */
    void dropped(Forms.Form backup, Forms.Form carried) {
        List<String> columns = backup.columns();
        if (!Contents.counted(backup.rows(), columns).equals(Contents.counted(carried.rows(), columns))) {
            faults.add(backup.table().quoted() + ", which the migration dropped, is not as in the backup: "
                    + carried.rows());
        }
    }

    private void keyed(Forms table, Forms.Form carried) throws SQLException {
        Map<List<String>, Row> found =
                carried.byKey(table.homes(table.migrated().key()));
        Map<List<String>, Fate> fates = new Reference(table, casts).fates();
        Map<List<String>, List<Row>> listed = new HashMap<>();
        for (Row row : salvaged.of(table.live().table())) {
            listed.computeIfAbsent(row.get(table.migrated().key()), key -> new ArrayList<>())
                    .add(row);
        }
        fates.forEach((key, fate) -> row(
                table.shown() + " " + key,
                fate,
                Optional.ofNullable(found.get(key)),
                listed.getOrDefault(key, List.of())));
        Set<List<String>> strangers = new HashSet<>(found.keySet());
        strangers.addAll(listed.keySet());
        strangers.removeAll(fates.keySet());
        strangers.forEach(key -> faults.add(table.shown() + " " + key + " comes from nowhere"));
    }

    private void row(String shown, Fate fate, Optional<Row> found, List<Row> listed) {
        Optional<String> difference = fate.differs(found.orElse(null));
        boolean complete = listed.stream().anyMatch(row -> holds(row, fate));
        if (!listed.isEmpty() && !fate.touched() && fate.listed() == Listed.NEVER) {
            faults.add(shown + " is listed, but nobody wrote it: " + listed);
        } else if (!listed.isEmpty() && !complete) {
            faults.add(shown + " is listed, but not as it was: " + listed + " for " + fate.live());
        } else if (fate.listed() == Listed.MUST && listed.isEmpty()) {
            faults.add(shown + " has something without a home and is not listed: " + fate.live());
        } else if (difference.isPresent() && (listed.isEmpty() || !fate.tolerable(found.orElse(null)))) {
            faults.add(shown + " " + difference.get() + (listed.isEmpty() ? "" : ", though listed"));
        } else if (!listed.isEmpty() && fate.listed() == Listed.NEVER) {
            conflicts.add(shown + " is listed as " + listed + " rather than carried; "
                    + difference.orElse("it was carried too"));
        }
    }

    /** Of a row that applications deleted it is any older form that is listed. */
    private static boolean holds(Row listed, Fate fate) {
        Row live = fate.live();
        return live == null
                || live.values().entrySet().stream()
                        .allMatch(
                                value -> value.getValue().equals(listed.values().get(value.getKey())));
    }
}
