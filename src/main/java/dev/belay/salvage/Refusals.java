package dev.belay.salvage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of one table that the restored copy's constraints refused. */
final class Refusals {

    private final Sessions sessions;
    private final TableWork table;

    Refusals(Sessions sessions, TableWork table) {
        this.sessions = sessions;
        this.table = table;
    }

    void keep(Writing.Result result) throws SQLException {
        Map<String, String> reasons = reasons(result);
        if (reasons.isEmpty()) {
            return;
        }
        TablePair pair = table.pair();
        Map<String, List<@Nullable String>> rows =
                RowLookup.byKeys(sessions.base(pair), Rows.base(pair), reasons.keySet());
        rows.putAll(RowLookup.byKeys(sessions.live(), Rows.live(pair), reasons.keySet()));
        table.salvage().forgetKeys(reasons.keySet());
        Keeper keeper = new Keeper(table.salvage());
        for (Map.Entry<String, String> refused : reasons.entrySet()) {
            @Nullable List<@Nullable String> values = rows.get(refused.getKey());
            if (values != null) {
                keeper.keep(refused.getKey(), refused.getValue(), values);
            }
        }
        keeper.flush();
    }

    /** By the keys. */
    private Map<String, String> reasons(Writing.Result result) throws SQLException {
        Map<String, String> reasons = new LinkedHashMap<>();
        String stage = Objects.requireNonNull(table.staged()).name();
        try (Statement statement = sessions.successor().createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT key, why FROM " + stage + " WHERE action = 'BLOCKED' ORDER BY row")) {
            while (rows.next()) {
                reasons.put(rows.getString(1), rows.getString(2));
            }
        }
        String sql = "SELECT row, key FROM " + stage + " WHERE row = ANY (?) ORDER BY row";
        try (PreparedStatement statement = sessions.successor().prepareStatement(sql)) {
            statement.setArray(
                    1,
                    sessions.successor()
                            .createArrayOf("int8", result.refused().keySet().toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reasons.put(
                            rows.getString(2),
                            Objects.requireNonNull(result.refused().get(rows.getLong(1))));
                }
            }
        }
        return reasons;
    }
}
