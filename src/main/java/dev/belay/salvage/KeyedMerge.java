package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import dev.belay.salvage.ThreeWay.Action;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Goes through the differing buckets of a table with a key, in the order of the keys, and stages what is decided. */
final class KeyedMerge {

    private final Sessions sessions;
    private final TablePair pair;
    private final ThreeWay threeWay;
    private final Fit fit;
    private final Keeper keeper;
    private final @Nullable Staged staged;

    KeyedMerge(Sessions sessions, TablePair pair, boolean keysMoved, Keeper keeper, @Nullable Staged staged) {
        this.sessions = sessions;
        this.pair = pair;
        this.threeWay = new ThreeWay(pair, keysMoved);
        this.fit = new Fit(sessions.successor());
        this.keeper = keeper;
        this.staged = staged;
    }

    /** @param again whether the restored copy may have been written to by an earlier pass */
    void run(int buckets, List<Integer> chosen, boolean again) throws SQLException {
        // All four sort at once, on two servers.
        try (RowCursor live = RowCursor.ask(sessions.live(), Rows.live(pair), buckets, chosen);
                RowCursor base = RowCursor.ask(sessions.base(pair), Rows.base(pair), buckets, chosen);
                RowCursor backup = staged == null
                        ? RowCursor.none()
                        : RowCursor.ask(sessions.backup(), Rows.home(pair), buckets, chosen);
                RowCursor restored = staged == null || !again
                        ? RowCursor.none()
                        : RowCursor.ask(sessions.restored(), Rows.home(pair), buckets, chosen)) {
            for (RowCursor cursor : List.of(live, base, backup, restored)) {
                cursor.await();
            }
            RowCursor.Row next = first(live, base, backup, restored);
            while (next != null) {
                Versions versions = new Versions(
                        next.key(),
                        values(live.takeIf(next)),
                        values(base.takeIf(next)),
                        values(backup.takeIf(next)),
                        values(restored.takeIf(next)));
                merge(versions, again);
                next = first(live, base, backup, restored);
            }
        }
    }

    /** A row in all databases; null where it is not there. */
    private record Versions(
            String key,
            @Nullable List<@Nullable String> live,
            @Nullable List<@Nullable String> base,
            @Nullable List<@Nullable String> backup,
            @Nullable List<@Nullable String> restored) {}

    private void merge(Versions row, boolean again) throws SQLException {
        ThreeWay.Decision decision = threeWay.decide(row.live, row.base, row.backup);
        List<String> reasons = new ArrayList<>(decision.salvage());
        if (staged != null) {
            stage(row, decision, reasons, again);
        }
        @Nullable List<@Nullable String> shown = row.live != null ? row.live : row.base;
        if (!reasons.isEmpty() && shown != null) {
            keeper.keep(row.key, String.join("; ", reasons), shown);
        }
    }

    private void stage(Versions row, ThreeWay.Decision decision, List<String> reasons, boolean again)
            throws SQLException {
        Staged target = Objects.requireNonNull(staged);
        switch (decision.action()) {
            case INSERT -> {
                @Nullable List<@Nullable String> values = inserted(Objects.requireNonNull(row.live), reasons);
                if (values != null && !isThere(values, row.restored)) {
                    target.add(Action.INSERT, row.key, values);
                }
            }
            case WRITE -> {
                List<@Nullable String> values = updated(row, Objects.requireNonNull(decision.values()), reasons);
                if (!Objects.equals(values, again ? row.restored : row.backup)) {
                    target.add(Action.WRITE, row.key, values);
                }
            }
            case DELETE -> {
                if (!again || row.restored != null) {
                    target.add(Action.DELETE, row.key, row.backup);
                }
            }
            case AS_BACKED_UP -> {
                if (again && !Objects.equals(row.backup, row.restored)) {
                    target.add(
                            row.backup == null ? Action.DELETE : Action.WRITE,
                            row.key,
                            row.backup == null ? row.restored : row.backup);
                }
            }
        }
    }

    /** The row in the backup's columns; null when one of its values cannot be in them. */
    private @Nullable List<@Nullable String> inserted(List<@Nullable String> live, List<String> reasons)
            throws SQLException {
        List<@Nullable String> values =
                new ArrayList<>(Collections.nCopies(pair.requireHome().columns().size(), null));
        List<String> misfits = new ArrayList<>();
        for (int i = 0; i < live.size(); i++) {
            MergeColumn column = pair.columns().get(i);
            ColumnIdentity home = column.home();
            if (home == null) {
                continue;
            }
            if (!fit.isSame(live.get(i), column, home)) {
                misfits.add(column.name());
            }
            values.set(pair.requireHome().indexOf(home), live.get(i));
        }
        if (misfits.isEmpty()) {
            return values;
        }
        reasons.add(misfit(misfits));
        return null;
    }

    private List<@Nullable String> updated(Versions row, List<@Nullable String> merged, List<String> reasons)
            throws SQLException {
        List<@Nullable String> live = Objects.requireNonNull(row.live);
        List<@Nullable String> backup = Objects.requireNonNull(row.backup);
        List<String> misfits = new ArrayList<>();
        for (int i = 0; i < live.size(); i++) {
            MergeColumn column = pair.columns().get(i);
            ColumnIdentity home = column.home();
            if (home == null || !column.hasOtherType()) {
                continue;
            }
            int at = pair.requireHome().indexOf(home);
            if (!Objects.equals(merged.get(at), backup.get(at)) && !fit.isSame(merged.get(at), column, home)) {
                merged.set(at, backup.get(at));
                misfits.add(column.name());
            }
        }
        if (!misfits.isEmpty()) {
            reasons.add(misfit(misfits));
        }
        return merged;
    }

    private static String misfit(List<String> columns) {
        return "not the same value in the older type: " + String.join(", ", columns);
    }

    /** Whether an earlier pass has inserted just this; columns that only the backup has are not the row's own. */
    private boolean isThere(List<@Nullable String> values, @Nullable List<@Nullable String> restored) {
        if (restored == null) {
            return false;
        }
        for (MergeColumn column : pair.columns()) {
            ColumnIdentity home = column.home();
            int at = home == null ? -1 : pair.requireHome().indexOf(home);
            if (at >= 0 && !Objects.equals(values.get(at), restored.get(at))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable List<@Nullable String> values(RowCursor.@Nullable Row row) {
        return row == null ? null : row.values();
    }

    private static RowCursor.@Nullable Row first(RowCursor... cursors) {
        return Stream.of(cursors)
                .map(RowCursor::head)
                .filter(Objects::nonNull)
                .min(RowCursor.Row::compareKey)
                .orElse(null);
    }
}
