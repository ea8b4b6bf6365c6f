package dev.belay.rename;

import dev.belay.postgres.Identifiers;
import java.util.List;

/**
 * A table as it is.
 *
 * @param owner quoted
 * @param otherDefaultGrantees to whom default privileges in its schema give new tables, quoted
 */
record Table(
        long oid,
        String schema,
        String name,
        boolean rowSecurity,
        String owner,
        List<Grant> grants,
        List<String> otherDefaultGrantees,
        List<Column> columns,
        List<Part> parts) {

    Table {
        grants = List.copyOf(grants);
        otherDefaultGrantees = List.copyOf(otherDefaultGrantees);
        columns = List.copyOf(columns);
        parts = List.copyOf(parts);
    }

    /** Qualified and quoted. */
    String sql() {
        return sql(name);
    }

    /** As {@link #sql()} under another name in the same schema. */
    String sql(String otherName) {
        return Identifiers.quote(schema) + "." + Identifiers.quote(otherName);
    }

    Column column(String column) {
        return columns.stream()
                .filter(one -> one.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(sql() + " has no column " + column));
    }

    boolean has(String column) {
        return columns.stream().anyMatch(one -> one.name().equals(column));
    }
}
