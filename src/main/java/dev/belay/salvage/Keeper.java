package dev.belay.salvage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects rows for a {@link SalvageTable} and hands them over by the thousand. */
final class Keeper {

    private static final int AT_ONCE = 1000;

    private final SalvageTable table;
    private final List<SalvageTable.Kept> rows = new ArrayList<>();

    Keeper(SalvageTable table) {
        this.table = table;
    }

    void keep(String key, String reason, List<@Nullable String> values) throws SQLException {
        rows.add(new SalvageTable.Kept(key, reason, values));
        if (rows.size() >= AT_ONCE) {
            flush();
        }
    }

    void flush() throws SQLException {
        table.keep(rows);
        rows.clear();
    }
}
