package dev.belay.salvage;

import dev.belay.salvage.Contents.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One table in all its forms.
 *
 * @param backup as it was backed up; null when the migration made it
 * @param migrated after the rehearsed migration
 * @param live as applications left it
 * @param again after the second rehearsal; null when nothing was migrated
 * @param carried in the successor; null when the migration made it
 */
record Forms(
        @Nullable Form backup,
        Form migrated,
        Form live,
        @Nullable Form again,
        @Nullable Form carried) {

    /** A table and its rows. */
    record Form(Shape.Table table, List<Row> rows) {
        static @Nullable Form of(Contents contents, Optional<Shape.Table> table) {
            return table.map(found -> new Form(found, contents.of(found))).orElse(null);
        }

        List<String> columns() {
            return Contents.names(table.writable());
        }

        List<String> key() {
            return Contents.names(table.key());
        }

        Map<List<String>, Row> byKey() {
            return byKey(key());
        }

        Map<List<String>, Row> byKey(List<String> columns) {
            Map<List<String>, Row> rows = new HashMap<>();
            this.rows.forEach(row -> rows.put(row.get(columns), row));
            return rows;
        }
    }

    /** The backup's column that became this one; empty when the migration made it. */
    Optional<Shape.Column> home(String column) {
        if (backup == null) {
            return Optional.empty();
        }
        Form before = backup;
        return migrated.table()
                .column(each -> each.name().equals(column))
                .flatMap(now -> before.table().column(old -> old.attnum() == now.attnum()));
    }

    /** The columns that the migration filled with something else the second time. */
    Set<String> fresh() {
        Set<String> fresh = new HashSet<>();
        if (again == null) {
            return fresh;
        }
        for (String column : migrated.columns()) {
            List<String> one = List.of(column);
            if (!Contents.counted(migrated.rows(), one).equals(Contents.counted(again.rows(), one))) {
                fresh.add(column);
            }
        }
        Map<List<String>, Row> second = again.byKey();
        if (!migrated.key().isEmpty() && migrated.byKey().keySet().equals(second.keySet())) {
            migrated.byKey()
                    .forEach((key, row) -> migrated.columns().stream()
                            .filter(column -> !row.get(column)
                                    .equals(Objects.requireNonNull(second.get(key))
                                            .get(column)))
                            .forEach(fresh::add));
        }
        return fresh;
    }

    /** Whether a row can be told by the same key in all forms. */
    boolean keyed() {
        if (backup == null || migrated.key().isEmpty() || fresh().stream().anyMatch(migrated.key()::contains)) {
            return false;
        }
        List<String> homes = homes(migrated.key());
        return homes.size() == migrated.key().size() && Set.copyOf(homes).equals(Set.copyOf(backup.key()));
    }

    /** The names that these columns had, those without a home left out. */
    List<String> homes(List<String> columns) {
        return columns.stream()
                .flatMap(column -> home(column).stream())
                .map(Shape.Column::name)
                .toList();
    }

    /** Which table it is, for a person. */
    String shown() {
        return live.table().quoted()
                + (backup == null ? ", new" : ", once " + backup.table().quoted());
    }
}
