package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A live table beside its merge base and beside what it was in the backup.
 *
 * @param name the live table's written name
 * @param live the live table
 * @param base the same table in the merge base: "backup plus migration", or the backup itself where nothing was migrated
 * @param isBaseMigrated whether the base is in the migrated clone
 * @param home what it was in the backup, and so is in the restored database; null when the migration has made it
 * @param columns of the live table
 * @param key those of them that tell rows apart in all of the databases; empty when there are none
 */
record TablePair(
        String name,
        Layout.Table live,
        Layout.Table base,
        boolean isBaseMigrated,
        @Nullable Home home,
        List<MergeColumn> columns,
        List<MergeColumn> key) {

    TablePair {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /**
     * What a live table was in the backup.
     *
     * @param name its written name there, and in the restored database
     * @param columns those that hold values of their own, in the order of their attnums
     */
    record Home(String name, Layout.Table table, List<ColumnIdentity> columns) {

        Home {
            columns = List.copyOf(columns);
        }

        int indexOf(ColumnIdentity column) {
            return columns.indexOf(column);
        }
    }

    /**
     * Where salvaged rows come from.
     *
     * @param name the live table's written name
     * @param table its name without schema and quotes
     * @param key the names of the key's columns; empty when it has none
     */
    record Source(String name, String table, List<ColumnIdentity> columns, List<String> key) {

        Source {
            columns = List.copyOf(columns);
            key = List.copyOf(key);
        }
    }

    Source source() {
        return new Source(name, live.identity().name(), live.identity().columns(), keyNames());
    }

    boolean hasKey() {
        return !key.isEmpty();
    }

    Home requireHome() {
        return Objects.requireNonNull(home, "the table is the migration's own");
    }

    /** The columns by which rows are compared. */
    List<String> compared() {
        return columns.stream()
                .filter(MergeColumn::isCompared)
                .map(MergeColumn::name)
                .toList();
    }

    List<String> names() {
        return columns.stream().map(MergeColumn::name).toList();
    }

    List<String> keyNames() {
        return key.stream().map(MergeColumn::name).toList();
    }

    /** The key's columns as they are called in the backup. */
    List<String> homeKeyNames() {
        return key.stream()
                .map(column -> Objects.requireNonNull(column.home()).name())
                .toList();
    }

    List<String> homeNames() {
        return requireHome().columns().stream().map(ColumnIdentity::name).toList();
    }
}
