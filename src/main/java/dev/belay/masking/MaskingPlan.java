package dev.belay.masking;

import dev.belay.catalog.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of which column.
 *
 * @param columns by table; of partitioned tables by the partitions, which hold the rows
 * @param kept columns that somebody has said to be harmless, or that point at a key
 */
record MaskingPlan(Map<TableName, List<MaskedColumn>> columns, Set<ColumnId> kept) {

    /** Whether somebody has decided what becomes of a column. */
    boolean isDecided(ColumnId id) {
        return kept.contains(id)
                || columns.getOrDefault(id.table(), List.of()).stream()
                        .anyMatch(column -> column.column().id().equals(id));
    }
}
