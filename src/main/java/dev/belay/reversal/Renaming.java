package dev.belay.reversal;

import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a name that is not the same in two schemas. All names as they are, without quotes.
 *
 * @param schema the table's
 * @param table the table, view or sequence; for a column its table, by its old or its new name
 * @param column null when the table itself is renamed
 * @param toSchema the same as {@code schema} when it stays there, and for a column
 * @param to the new name
 */
public record Renaming(
        String schema, String table, @Nullable String column, String toSchema, String to) {

    boolean isOfTable() {
        return column == null;
    }
}
