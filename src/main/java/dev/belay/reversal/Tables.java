package dev.belay.reversal;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes tables and columns. Constraints, indexes and whatever has an ALTER of its own come later. */
final class Tables {

    private Tables() {}

    static String create(Structure before, SchemaObject table) {
        StringBuilder sql = new StringBuilder("CREATE ");
        if (table.trait("persistence").equals("UNLOGGED")) {
            sql.append("UNLOGGED ");
        }
        sql.append("TABLE ").append(before.nameOf(table));
        if (!table.trait("partition of").isEmpty()) {
            sql.append(" PARTITION OF ")
                    .append(parents(before, table.trait("partition of")))
                    .append(' ');
            sql.append(table.trait("bound"));
        } else {
            sql.append(before.partsOf(table).stream()
                    .filter(part -> part.kind() == Kind.COLUMN && !part.is("inherited"))
                    .map(Tables::column)
                    .collect(Collectors.joining(",\n    ", " (\n    ", "\n)")));
            if (!table.trait("inherits").isEmpty()) {
                sql.append(" INHERITS (")
                        .append(parents(before, table.trait("inherits")))
                        .append(')');
            }
        }
        if (!table.trait("partition key").isEmpty()) {
            sql.append(" PARTITION BY ").append(table.trait("partition key"));
        }
        return sql.toString();
    }

    /** The names of tables that are listed by OID. */
    static String parents(Structure before, String oids) {
        return Arrays.stream(oids.split(","))
                .map(oid -> before.find(new ObjectKey("pg_class", Long.parseLong(oid), 0)))
                .map(parent -> parent == null ? "?" : before.nameOf(parent))
                .collect(Collectors.joining(", "));
    }

    static String addColumn(Structure before, SchemaObject column) {
        return Ddl.alterWhole(before, column)
                + (Ddl.isAttribute(before, column)
                        ? " ADD ATTRIBUTE " + column.name() + " " + typeOf(column)
                        : " ADD COLUMN " + column(column));
    }

    static String column(SchemaObject column) {
        StringBuilder sql = new StringBuilder(column.name()).append(' ').append(typeOf(column));
        if (!column.trait("generated").isEmpty()) {
            sql.append(" GENERATED ALWAYS AS (")
                    .append(column.trait("generated"))
                    .append(") STORED");
        } else if (!column.trait("identity").isEmpty()) {
            sql.append(" GENERATED ").append(column.trait("identity")).append(" AS IDENTITY");
        } else if (!column.trait("default").isEmpty()) {
            sql.append(" DEFAULT ").append(column.trait("default"));
        }
        return column.is("not null") ? sql.append(" NOT NULL").toString() : sql.toString();
    }

    /** Whether rows that are there would get NULL in it, which it does not take. */
    static boolean isWithoutValue(SchemaObject column) {
        return column.is("not null")
                && column.trait("default").isEmpty()
                && column.trait("generated").isEmpty()
                && column.trait("identity").isEmpty();
    }

    static String typeOf(SchemaObject column) {
        String collation = column.trait("collation");
        return column.trait("type") + (collation.isEmpty() ? "" : " COLLATE " + collation);
    }
}
