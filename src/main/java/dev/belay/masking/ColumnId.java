package dev.belay.masking;

import dev.belay.catalog.TableName;

/** A column's place; neither part is quoted. */
record ColumnId(TableName table, String column) {

    @Override
    public String toString() {
        return table + "." + column;
    }
}
