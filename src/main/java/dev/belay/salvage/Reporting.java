package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a pass did with one table. */
final class Reporting {

    private final TablePair pair;
    private final SalvageTable salvage;
    private final List<String> rewritten;

    Reporting(TableWork table, @Nullable MigrationFacts facts) {
        this.rewritten = facts == null ? List.of() : facts.rewritten();
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
                inserted ? rewritten : List.of(),
                inserted ? dropped() : List.of());
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
