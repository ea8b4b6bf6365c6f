package dev.belay.sql;

import org.jspecify.annotations.Nullable;

/** What a statement does to the name or the shape of a table. Names are as the script wrote them. */
public sealed interface Alteration {

    /** The table or view, as written. */
    String table();

    /** A table or view is made. */
    record Creates(String table, boolean ifNotExists) implements Alteration {}

    /** A table or view goes away. */
    record Drops(String table) implements Alteration {}

    /** A table gets another name, in the same schema. */
    record Renames(String table, String to) implements Alteration {}

    /** A table goes into another schema. */
    record Moves(String table, String schema) implements Alteration {}

    /** A column gets another name. */
    record RenamesColumn(String table, String column, String to) implements Alteration {}

    /** A column is made. */
    record AddsColumn(String table, String column, boolean ifNotExists) implements Alteration {}

    /**
     * The values of a column are others afterwards, or none.
     *
     * @param type the new type; null when the column goes away
     */
    record ChangesColumn(
            String table, String column, @Nullable String type) implements Alteration {}
}
