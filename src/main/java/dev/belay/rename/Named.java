package dev.belay.rename;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** From what names are made: a table, columns of it in their order, and for a foreign key where it leads. */
record Named(String table, List<String> columns, @Nullable String referencedTable, List<String> referencedColumns) {

    Named {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }
}
