package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a migration has done to the rows of one table. Found once, in the first pass, while applications go on.
 *
 * @param keysMoved whether it may have given rows other keys
 * @param rewritten the live names of the columns that hold other values than in the backup; rows that it made or removed
 *     count too
 */
record MigrationFacts(boolean keysMoved, List<String> rewritten) {

    private static final MigrationFacts NONE = new MigrationFacts(false, List.of());

    MigrationFacts {
        rewritten = List.copyOf(rewritten);
    }

    static MigrationFacts read(Sessions sessions, TablePair pair) throws SQLException {
        if (pair.home() == null || !pair.isBaseMigrated()) {
            return NONE;
        }
        List<MergeColumn> columns = new ArrayList<>();
        List<String> homes = new ArrayList<>();
        for (MergeColumn column : pair.columns()) {
            ColumnIdentity home = column.home();
            if (home != null) {
                columns.add(column);
                homes.add(home.name());
            }
        }
        List<String> names = columns.stream().map(MergeColumn::name).toList();
        List<String> after = sums(sessions.base(pair), Rows.base(pair).sums(names));
        List<String> before = sums(sessions.backup(), Rows.home(pair).sums(homes));
        if (after.equals(before)) {
            return NONE;
        }
        List<String> rewritten = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!after.get(i + 1).equals(before.get(i + 1))) {
                rewritten.add(names.get(i));
            }
        }
        boolean sameKeys = after.get(0).equals(before.get(0));
        return new MigrationFacts(pair.hasKey() && !sameKeys && new MovedKeys(sessions, pair).areThere(), rewritten);
    }

    private static List<String> sums(Connection session, String query) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            List<String> sums = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                sums.add(String.valueOf(row.getString(i)));
            }
            return sums;
        }
    }
}
