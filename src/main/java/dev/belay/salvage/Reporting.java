package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import dev.belay.catalog.TableContents;
import dev.belay.catalog.TableHash;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a pass did with one table. */
final class Reporting {

    private final TablePair pair;
    private final SalvageTable salvage;
    private final List<String> rewritten;

    Reporting(TableWork table, List<String> rewritten) {
        this.pair = table.pair();
        this.salvage = table.salvage();
        this.rewritten = List.copyOf(rewritten);
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
                inserted ? rewritten : List.of(),
                inserted ? dropped() : List.of());
    }

    /**
     * Columns in which the migration left other values than the backup has; rows that it made or removed count too. Reads
     * the whole table in both, which do not change: once is enough.
     */
    static List<String> rewritten(Sessions sessions, TablePair pair) throws SQLException {
        List<ColumnIdentity> carried = pair.columns().stream()
                .map(MergeColumn::home)
                .filter(Objects::nonNull)
                .toList();
        if (!pair.isBaseMigrated() || carried.isEmpty()) {
            return List.of();
        }
        List<Integer> attnums = carried.stream().map(ColumnIdentity::attnum).toList();
        Map<Integer, TableHash> after =
                TableContents.hashEach(sessions.migrated(), pair.base().identity(), attnums);
        Map<Integer, TableHash> before = TableContents.hashEach(
                sessions.backup(), pair.requireHome().table().identity(), attnums);
        return pair.columns().stream()
                .filter(column -> column.home() != null
                        && !Objects.equals(
                                after.get(column.home().attnum()),
                                before.get(column.home().attnum())))
                .map(MergeColumn::name)
                .toList();
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
