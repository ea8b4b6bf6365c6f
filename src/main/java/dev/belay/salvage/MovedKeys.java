package dev.belay.salvage;

import java.sql.SQLException;
import java.util.List;

/**
 * Tells whether a migration may have given rows of a table other keys. It may when keys of the backup are gone and others
 * have come: rows with other keys look the same as rows removed and rows made.
 */
final class MovedKeys {

    private final Sessions sessions;
    private final TablePair pair;

    MovedKeys(Sessions sessions, TablePair pair) {
        this.sessions = sessions;
        this.pair = pair;
    }

    boolean areThere() throws SQLException {
        if (pair.home() == null || !pair.isBaseMigrated()) {
            return false;
        }
        int count = Buckets.suiting(pair.base().bytes());
        Rows base = keysOf(Rows.base(pair));
        Rows backup = keysOf(Rows.home(pair));
        List<Integer> chosen = Buckets.read(sessions.base(pair), base, count)
                .differing(Buckets.read(sessions.backup(), backup, count));
        if (chosen.isEmpty()) {
            return false;
        }
        boolean come = false;
        boolean gone = false;
        try (RowCursor now = RowCursor.open(sessions.base(pair), base, count, chosen);
                RowCursor before = RowCursor.open(sessions.backup(), backup, count, chosen)) {
            while (!(come && gone)) {
                RowCursor.Row left = now.head();
                RowCursor.Row right = before.head();
                if (left == null && right == null) {
                    return false;
                }
                int order = left == null ? 1 : right == null ? -1 : left.compareKey(right);
                come |= order < 0;
                gone |= order > 0;
                if (order <= 0) {
                    now.next();
                }
                if (order >= 0) {
                    before.next();
                }
            }
        }
        return true;
    }

    private static Rows keysOf(Rows rows) {
        return new Rows(rows.table(), rows.key(), rows.key(), List.of());
    }
}
