package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import dev.belay.catalog.TableContents;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a pass did with one table. */
final class Reporting {

    private final Sessions sessions;
    private final TablePair pair;
    private final SalvageTable salvage;

    Reporting(Sessions sessions, TableWork table) {
        this.sessions = sessions;
        this.pair = table.pair();
        this.salvage = table.salvage();
    }

    TableReport report(Writing.@Nullable Result result) throws SQLException {
        Map<String, Long> reasons = salvage.reasons();
        boolean inserted = result != null && result.inserted() > 0;
        return new TableReport(
                pair.name(),
                pair.home() == null ? null : pair.home().name(),
                result == null ? 0 : result.inserted(),
                result == null ? 0 : result.updated(),
                result == null ? 0 : result.deleted(),
                reasons,
                reasons.isEmpty() ? null : salvage.name(),
                inserted ? rewritten() : List.of(),
                inserted ? dropped() : List.of());
    }

    /** Columns in which the migration left other values than the backup has; rows that it made or removed count too. */
    private List<String> rewritten() throws SQLException {
        List<String> rewritten = new ArrayList<>();
        for (MergeColumn column : pair.columns()) {
            ColumnIdentity home = column.home();
            if (home != null && pair.isBaseMigrated()) {
                List<Integer> attnum = List.of(home.attnum());
                boolean same = TableContents.hash(
                                sessions.migrated(), pair.base().identity(), attnum)
                        .equals(TableContents.hash(
                                sessions.backup(), pair.requireHome().table().identity(), attnum));
                if (!same) {
                    rewritten.add(column.name());
                }
            }
        }
        return rewritten;
    }

    private List<String> dropped() {
        Set<Integer> left = pair.columns().stream()
                .map(MergeColumn::home)
                .filter(home -> home != null)
                .map(ColumnIdentity::attnum)
                .collect(Collectors.toSet());
        return pair.requireHome().columns().stream()
                .filter(column -> !left.contains(column.attnum()))
                .map(ColumnIdentity::name)
                .toList();
    }
}
