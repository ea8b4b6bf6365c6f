package dev.belay.audit;

import dev.belay.catalog.ColumnIdentity;
import dev.belay.catalog.TableIdentity;
import dev.belay.postgres.Identifiers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table that is there, under the names that it and its columns have at one place in the scripts. */
final class TableShape {

    private final TableIdentity original;
    private final TableKey key;
    private final Map<String, String> columns = new LinkedHashMap<>();
    private final Map<String, String> unknown = new HashMap<>();
    private String schema;
    private String name;

    TableShape(TableIdentity original, TableKey key) {
        this.original = original;
        this.key = key;
        this.schema = original.schema();
        this.name = original.name();
        for (ColumnIdentity column : original.columns()) {
            columns.put(column.name(), column.name());
        }
    }

    TableIdentity original() {
        return original;
    }

    TableKey key() {
        return key;
    }

    String schema() {
        return schema;
    }

    String name() {
        return name;
    }

    /** The same table with the names that it has now. */
    TableShape now() {
        return new TableShape(original, key);
    }

    void rename(String newSchema, String newName) {
        schema = newSchema;
        name = newName;
    }

    void renameColumn(String column, String to) {
        String kept = columns.remove(column);
        if (kept != null) {
            columns.put(to, kept);
        }
        String reason = unknown.remove(column);
        if (reason != null) {
            unknown.put(to, reason);
        }
    }

    /** From this place on nothing is known of the column's values. */
    void forget(String column, String reason) {
        columns.remove(column);
        unknown.put(column, reason);
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    /** The column's name as it is now. */
    String requireColumn(String column) throws UnaskableException {
        @Nullable String found = columns.get(column);
        if (found == null) {
            throw new UnaskableException(
                    "the column " + column + " of " + name + " " + unknown.getOrDefault(column, "is not there"));
        }
        return found;
    }

    /** The columns of its primary key, under their names at this place. */
    List<String> requireKey() throws UnaskableException {
        List<String> names = new ArrayList<>();
        for (String column : key.columns()) {
            columns.forEach((now, before) -> {
                if (before.equals(column)) {
                    names.add(now);
                }
            });
        }
        if (names.isEmpty() || names.size() < key.columns().size()) {
            throw new UnaskableException("the table " + name + " has no primary key that is there now");
        }
        return names;
    }

    /** Why a column that a query did not find is not there, as far as that is known; empty when nothing is. */
    String unknownColumns() {
        return String.join(
                "; ",
                unknown.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .sorted()
                        .toList());
    }

    /**
     * The table as SQL's FROM takes it, with its columns under their names at this place, and two more for its rows' names.
     *
     * @param only whether rows of tables that inherit from it do not count
     */
    String from(boolean only, String alias) {
        StringBuilder sql = new StringBuilder(
                "(SELECT " + key.shown() + " AS \"belay key\", " + key.order() + " AS \"belay order\"");
        columns.forEach((now, before) -> sql.append(", s.")
                .append(Identifiers.quote(before))
                .append(" AS ")
                .append(Identifiers.quote(now)));
        return sql + " FROM " + (only && !key.partitioned() ? "ONLY " : "") + original.qualifiedName() + " s) AS "
                + Identifiers.quote(alias);
    }
}
