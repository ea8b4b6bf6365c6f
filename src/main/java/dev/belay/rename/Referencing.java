package dev.belay.rename;

import java.util.List;

/** A foreign key of another table, or of its own, to the table that is renamed. */
record Referencing(long table, List<String> columns) {

    Referencing {
        columns = List.copyOf(columns);
    }
}
