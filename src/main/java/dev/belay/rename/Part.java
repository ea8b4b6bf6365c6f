package dev.belay.rename;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something of a table that has a name of its own and may have it from the table.
 *
 * @param schema where its name has to be unique; empty for what is named within its table
 * @param columns those it is made of, in their order; for naming
 * @param uses every column of the table that it uses in any way
 * @param referencedTable of a foreign key, else null
 * @param definition PostgreSQL's own; empty where none is needed
 * @param type a letter of PostgreSQL's: p, u, c, f, x for constraints, u for unique indexes; else empty
 */
record Part(
        Kind kind,
        String schema,
        String name,
        List<String> columns,
        List<String> uses,
        @Nullable String referencedTable,
        List<String> referencedColumns,
        String definition,
        String type) {

    enum Kind {
        SEQUENCE,
        CONSTRAINT,
        INDEX,
        TRIGGER,
        POLICY,
        RULE,
        STATISTICS
    }

    Part {
        columns = List.copyOf(columns);
        uses = List.copyOf(uses);
        referencedColumns = List.copyOf(referencedColumns);
    }

    /** Whether it is an index or a constraint that has one. */
    boolean isIndexed() {
        return kind == Kind.INDEX || (kind == Kind.CONSTRAINT && type.matches("[pux]"));
    }

    boolean isPrimaryKey() {
        return kind == Kind.CONSTRAINT && type.equals("p");
    }
}
