package dev.belay.rehearsal;

import dev.belay.catalog.ColumnIdentity;
import dev.belay.catalog.Identities;
import dev.belay.catalog.TableIdentity;
import dev.belay.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Watches a rehearsed way back version by version and notes which columns and tables each takes away. */
public final class SalvageFinder {

    private final DatabaseAddress copy;
    private final List<SalvagePlan.Loss> losses = new ArrayList<>();
    private @Nullable String version;
    private Map<TableIdentity, List<String>> before = Map.of();

    public SalvageFinder(DatabaseAddress copy) {
        this.copy = copy;
    }

    /** To be called before each version is taken back. */
    public void next(String nextVersion) throws SQLException {
        try (Connection session = copy.open()) {
            List<TableIdentity> now = Identities.read(session);
            note(now);
            before = new HashMap<>();
            for (TableIdentity table : now) {
                before.put(table, primaryKey(session, table));
            }
            version = nextVersion;
        }
    }

    /** To be called when all are taken back. */
    public SalvagePlan finish() throws SQLException {
        try (Connection session = copy.open()) {
            note(Identities.read(session));
            return new SalvagePlan(losses);
        }
    }

    private void note(List<TableIdentity> now) {
        if (version == null) {
            return;
        }
        Map<Long, Set<Integer>> left = now.stream()
                .collect(Collectors.toMap(
                        TableIdentity::oid,
                        table -> table.columns().stream()
                                .map(ColumnIdentity::attnum)
                                .collect(Collectors.toSet())));
        for (Map.Entry<TableIdentity, List<String>> entry : before.entrySet()) {
            TableIdentity table = entry.getKey();
            Set<Integer> columns = left.getOrDefault(table.oid(), Set.of());
            List<String> gone = table.columns().stream()
                    .filter(column -> !columns.contains(column.attnum()))
                    .map(ColumnIdentity::name)
                    .toList();
            if (!gone.isEmpty()) {
                losses.add(new SalvagePlan.Loss(
                        losses.size() + 1, version, table.schema(), table.name(), entry.getValue(), gone));
            }
        }
    }

    private static List<String> primaryKey(Connection session, TableIdentity table) throws SQLException {
        String sql = "SELECT a.attname FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(attnum, position)"
                + " JOIN pg_attribute a ON a.attrelid = ? AND a.attnum = k.attnum"
                + " WHERE i.indrelid = ? AND i.indisprimary ORDER BY k.position";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setLong(1, table.oid());
            statement.setLong(2, table.oid());
            List<String> key = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    key.add(rows.getString(1));
                }
            }
            return key;
        }
    }
}
