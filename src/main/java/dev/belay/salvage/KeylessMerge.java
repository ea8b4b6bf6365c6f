package dev.belay.salvage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the differing buckets of a table without a key. Its rows are told apart by all they hold, so nobody can tell
 * which row became which: what was written is kept beside, and what was there stays.
 */
final class KeylessMerge {

    private final Sessions sessions;
    private final TablePair pair;
    private final Keeper keeper;

    KeylessMerge(Sessions sessions, TablePair pair, Keeper keeper) {
        this.sessions = sessions;
        this.pair = pair;
        this.keeper = keeper;
    }

    void run(int buckets, List<Integer> chosen) throws SQLException {
        try (RowCursor live = RowCursor.open(sessions.live(), Rows.live(pair), buckets, chosen);
                RowCursor base = RowCursor.open(sessions.base(pair), Rows.base(pair), buckets, chosen)) {
            RowCursor.Row next = first(live.head(), base.head());
            while (next != null) {
                merge(next, all(live, next), all(base, next));
                next = first(live.head(), base.head());
            }
        }
    }

    private void merge(RowCursor.Row row, List<RowCursor.Row> live, List<RowCursor.Row> base) throws SQLException {
        String reason = pair.home() == null ? "the migration has made this table" : "the table has no key";
        for (int i = base.size(); i < live.size(); i++) {
            keeper.keep(row.key(), reason, live.get(i).values());
        }
        for (int i = live.size(); i < base.size() && pair.home() != null; i++) {
            keeper.keep(
                    row.key(),
                    "applications removed or changed it, and it stays: " + reason,
                    base.get(i).values());
        }
    }

    private static List<RowCursor.Row> all(RowCursor cursor, RowCursor.Row like) throws SQLException {
        List<RowCursor.Row> rows = new ArrayList<>();
        RowCursor.Row row = cursor.takeIf(like);
        while (row != null) {
            rows.add(row);
            row = cursor.takeIf(like);
        }
        return rows;
    }

    private static RowCursor.@Nullable Row first(RowCursor.@Nullable Row left, RowCursor.@Nullable Row right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.compareKey(right) <= 0 ? left : right;
    }
}
