package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds for each live table its merge base, by name, and what that was in the backup, by OID and attnum: the clones are file
 * copies of one database, so what the migration renamed there is still the same thing.
 */
final class Pairing {

    private final Layout live;
    private final Layout migrated;
    private final Layout backup;
    private final FreshColumns fresh;

    Pairing(Layout live, Layout migrated, Layout backup, FreshColumns fresh) {
        this.live = live;
        this.migrated = migrated;
        this.backup = backup;
        this.fresh = fresh;
    }

    /** Empty when neither the migrated clone nor the backup has a table like it, so that nobody can tell what was written. */
    Optional<TablePair> of(String name) {
        Layout.Table now = Objects.requireNonNull(live.tables().get(name));
        Layout.Table expected = migrated.tables().get(name);
        if (expected != null && now.hasSameColumns(expected)) {
            return Optional.of(pair(name, now, expected, true));
        }
        // A migration that broke off half-way has not come to this table.
        Layout.Table before = backup.tables().get(name);
        return before != null && now.hasSameColumns(before)
                ? Optional.of(pair(name, now, before, false))
                : Optional.empty();
    }

    private TablePair pair(String name, Layout.Table now, Layout.Table base, boolean isMigrated) {
        Map.Entry<String, Layout.Table> home =
                backup.byOid(base.identity().oid()).orElse(null);
        Set<String> freshNames = isMigrated ? fresh.of(name) : Set.of();
        List<MergeColumn> columns = new ArrayList<>();
        for (ColumnIdentity column : now.identity().columns()) {
            ColumnIdentity same = base.column(column.name()).orElseThrow();
            ColumnIdentity old = home == null || home.getValue().generated().contains(same.attnum())
                    ? null
                    : home.getValue().column(same.attnum()).orElse(null);
            columns.add(new MergeColumn(
                    column.name(),
                    column.type(),
                    old,
                    freshNames.contains(column.name()),
                    now.generated().contains(column.attnum())));
        }
        return new TablePair(
                name, now, base, isMigrated, home == null ? null : home(home), columns, key(now, base, home, columns));
    }

    private static TablePair.Home home(Map.Entry<String, Layout.Table> entry) {
        List<ColumnIdentity> own = entry.getValue().identity().columns().stream()
                .filter(column -> !entry.getValue().generated().contains(column.attnum()))
                .sorted(Comparator.comparingInt(ColumnIdentity::attnum))
                .toList();
        return new TablePair.Home(entry.getKey(), entry.getValue(), own);
    }

    /** A key counts when it is one in all databases, and means the same in each run of the migration. */
    private static List<MergeColumn> key(
            Layout.Table now,
            Layout.Table base,
            Map.@Nullable Entry<String, Layout.Table> home,
            List<MergeColumn> columns) {
        for (Set<Integer> attnums : base.keys()) {
            Set<String> names = names(base, attnums);
            List<MergeColumn> key = columns.stream()
                    .filter(column -> names.contains(column.name()))
                    .toList();
            boolean shared = home == null
                    || (home.getValue().keys().contains(attnums)
                            && key.stream().allMatch(column -> column.home() != null));
            boolean there = now.keys().stream().anyMatch(own -> names(now, own).equals(names));
            if (shared && there && key.stream().allMatch(MergeColumn::isCompared)) {
                return key;
            }
        }
        return List.of();
    }

    private static Set<String> names(Layout.Table table, Set<Integer> attnums) {
        return attnums.stream()
                .map(attnum -> table.column(attnum).orElseThrow().name())
                .collect(Collectors.toSet());
    }
}
