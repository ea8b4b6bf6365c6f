package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one row of a table with a key from its three versions: as applications left it, as "backup plus migration"
 * has it, and as the backup has it. What the first differs in from the second is what applications wrote.
 */
final class ThreeWay {

    private final TablePair pair;
    private final boolean keysMoved;

    /** @param keysMoved whether the migration may have given rows other keys, so that a key tells nothing about the backup */
    ThreeWay(TablePair pair, boolean keysMoved) {
        this.pair = pair;
        this.keysMoved = keysMoved;
    }

    /** What is to become of a row in the restored database. */
    enum Action {
        /** It is to be as in the backup; absent if it is there. */
        AS_BACKED_UP,
        /** A row that the backup has not: its columns that the live table has too. */
        INSERT,
        /** A row that the backup has: all of its columns. */
        WRITE,
        DELETE
    }

    /**
     * The decision.
     *
     * @param values for INSERT those of the live table's columns with a home, in the order of the table's columns; for
     *     WRITE and AS_BACKED_UP those of the backup's columns; null when there is nothing to write
     * @param salvage why the live row, or part of it, has no place; empty when it has. Of a row that applications deleted
     *     it is the base's that is meant
     * @param isChange whether applications wrote the row
     */
    record Decision(Action action, @Nullable List<@Nullable String> values, List<String> salvage, boolean isChange) {}

    /** @param live null when there is no such row, as for the other two */
    Decision decide(
            @Nullable List<@Nullable String> live,
            @Nullable List<@Nullable String> base,
            @Nullable List<@Nullable String> backup) {
        boolean changed = !isEqual(live, base);
        if (!changed) {
            return asBackedUp(backup, List.of(), false);
        }
        if (pair.home() == null) {
            return asBackedUp(null, live == null ? List.of() : List.of("the migration has made this table"), true);
        }
        if (keysMoved) {
            String kept = live == null ? "applications deleted it, and it stays: " : "";
            return asBackedUp(backup, List.of(kept + "the migration has changed keys of this table"), true);
        }
        if (live == null) {
            return backup == null
                    ? asBackedUp(null, List.of(), true)
                    : new Decision(Action.DELETE, backup, List.of(), true);
        }
        if (base == null) {
            return inserted(live, backup);
        }
        return backup == null
                ? asBackedUp(null, List.of("the migration has made this row"), true)
                : updated(live, base, backup);
    }

    private Decision inserted(List<@Nullable String> live, @Nullable List<@Nullable String> backup) {
        if (backup != null) {
            return asBackedUp(backup, List.of("the migration has removed a row with this key"), true);
        }
        List<String> homeless = new ArrayList<>();
        List<MergeColumn> columns = pair.columns();
        for (int i = 0; i < columns.size(); i++) {
            MergeColumn column = columns.get(i);
            if (column.home() == null && !column.generated() && live.get(i) != null) {
                homeless.add(column.name());
            }
        }
        return new Decision(Action.INSERT, live, noPlaceFor(homeless), true);
    }

    private Decision updated(List<@Nullable String> live, List<@Nullable String> base, List<@Nullable String> backup) {
        List<@Nullable String> merged = new ArrayList<>(backup);
        List<String> homeless = new ArrayList<>();
        List<String> conflicts = new ArrayList<>();
        List<MergeColumn> columns = pair.columns();
        for (int i = 0; i < columns.size(); i++) {
            MergeColumn column = columns.get(i);
            if (!column.isCompared() || Objects.equals(live.get(i), base.get(i))) {
                continue;
            }
            ColumnIdentity home = column.home();
            if (home == null) {
                homeless.add(column.name());
                continue;
            }
            int at = pair.requireHome().indexOf(home);
            if (Objects.equals(base.get(i), backup.get(at))) {
                merged.set(at, live.get(i));
            } else if (!Objects.equals(live.get(i), backup.get(at))) {
                conflicts.add(column.name());
            }
        }
        List<String> salvage = new ArrayList<>(noPlaceFor(homeless));
        if (!conflicts.isEmpty()) {
            salvage.add("changed by the migration too: " + String.join(", ", conflicts));
        }
        return new Decision(Action.WRITE, merged, salvage, true);
    }

    private static List<String> noPlaceFor(List<String> homeless) {
        return homeless.isEmpty() ? List.of() : List.of("no place for: " + String.join(", ", homeless));
    }

    private static Decision asBackedUp(
            @Nullable List<@Nullable String> backup, List<String> salvage, boolean isChange) {
        return new Decision(Action.AS_BACKED_UP, backup, salvage, isChange);
    }

    private boolean isEqual(@Nullable List<@Nullable String> live, @Nullable List<@Nullable String> base) {
        if (live == null || base == null) {
            return live == base;
        }
        List<MergeColumn> columns = pair.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).isCompared() && !Objects.equals(live.get(i), base.get(i))) {
                return false;
            }
        }
        return true;
    }
}
