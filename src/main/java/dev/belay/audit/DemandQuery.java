package dev.belay.audit;

import dev.belay.postgres.Identifiers;
import dev.belay.sql.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A constraint as a question for the rows that break it, by PostgreSQL's own rules.
 *
 * @param table what it is about
 * @param count counts the rows
 * @param broken the rows themselves, as their names {@code k} and what to order them by, {@code o}
 */
record DemandQuery(TableShape table, String count, String broken) {

    private static final String ROW = "SELECT \"belay key\" AS k, \"belay order\" AS o FROM ";

    private static DemandQuery of(TableShape table, String broken) {
        return new DemandQuery(table, "SELECT count(*) FROM (" + broken + ") b", broken);
    }

    /** The names of ten rows. */
    String keys() {
        return "SELECT ARRAY(SELECT k::text FROM (" + broken + ") b ORDER BY o, k LIMIT 10)";
    }

    /** Every row lacks the value of a column that is added without one. */
    static DemandQuery everyRow(TableShape table) {
        return of(table, ROW + table.from(false, table.name()));
    }

    /** Tells NULL from a composite value of NULLs, as the constraint does. */
    static DemandQuery notNull(TableShape table, String column) throws UnaskableException {
        table.requireColumn(column);
        return of(
                table,
                ROW + table.from(false, table.name()) + " WHERE " + Identifiers.quote(column)
                        + " IS NOT DISTINCT FROM NULL");
    }

    /** What is neither true nor false passes. */
    static DemandQuery check(TableShape table, String expression) {
        return of(table, ROW + table.from(false, table.name()) + " WHERE (\n" + expression + "\n) IS FALSE");
    }

    /** Counts every row that shares its key with another one. */
    static DemandQuery unique(TableShape table, Constraint.Unique unique) {
        List<String> columns = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (int i = 0; i < unique.columns().size(); i++) {
            columns.add("(\n" + unique.columns().get(i) + "\n) AS c" + i);
            named.add("c" + i);
        }
        String keys = String.join(", ", named);
        String rows = "SELECT \"belay key\" AS k, \"belay order\" AS o, " + String.join(", ", columns) + " FROM "
                + table.from(true, table.name())
                + (unique.predicate() == null ? "" : " WHERE (\n" + unique.predicate() + "\n)");
        String counted = unique.nullsNotDistinct()
                ? rows
                : "SELECT * FROM (" + rows + ") r WHERE " + all(named, "%s IS DISTINCT FROM NULL");
        return new DemandQuery(
                table,
                "SELECT coalesce(sum(n), 0)::bigint FROM (SELECT count(*) AS n FROM (" + counted + ") r GROUP BY "
                        + keys + " HAVING count(*) > 1) g",
                "SELECT k, o FROM (SELECT k, o, count(*) OVER (PARTITION BY " + keys + ") AS n FROM (" + counted
                        + ") r) w WHERE n > 1");
    }

    /** A key with a NULL in it passes (MATCH SIMPLE), or only one that is NULL throughout (MATCH FULL). */
    static DemandQuery foreignKey(TableShape table, Constraint.ForeignKey key, TableShape parent)
            throws UnaskableException {
        List<String> columns = key.columns().stream().map(Shapes::bare).toList();
        List<String> referenced = key.referencedColumns().isEmpty()
                ? parent.requireKey()
                : key.referencedColumns().stream().map(Shapes::bare).toList();
        if (referenced.size() != columns.size()) {
            throw new UnaskableException("it has " + columns.size() + " columns, but refers to " + referenced.size());
        }
        List<String> pairs = new ArrayList<>();
        List<String> own = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            table.requireColumn(columns.get(i));
            parent.requireColumn(referenced.get(i));
            own.add("c." + Identifiers.quote(columns.get(i)));
            pairs.add("p." + Identifiers.quote(referenced.get(i)) + " = " + own.get(i));
        }
        String full = all(own, "%s IS DISTINCT FROM NULL");
        String orphan =
                "NOT EXISTS (SELECT FROM " + parent.from(true, "p") + " WHERE " + String.join(" AND ", pairs) + ")";
        String broken = key.matchFull()
                ? "(" + own.stream().map(c -> c + " IS DISTINCT FROM NULL").collect(Collectors.joining(" OR "))
                        + ") AND NOT (" + full + " AND NOT " + orphan + ")"
                : full + " AND " + orphan;
        return of(
                table,
                "SELECT c.\"belay key\" AS k, c.\"belay order\" AS o FROM " + table.from(true, "c") + " WHERE "
                        + broken);
    }

    private static String all(List<String> columns, String condition) {
        return columns.stream().map(column -> condition.replace("%s", column)).collect(Collectors.joining(" AND "));
    }

    /** What a constraint says, on one line. */
    static String shown(Constraint constraint) {
        if (constraint instanceof Constraint.NotNull notNull) {
            return notNull.column() + " NOT NULL";
        } else if (constraint instanceof Constraint.Check check) {
            return "CHECK (" + line(check.expression()) + ")";
        } else if (constraint instanceof Constraint.Unique unique) {
            return "UNIQUE (" + line(String.join(", ", unique.columns())) + ")"
                    + (unique.predicate() == null ? "" : " WHERE " + line(unique.predicate()));
        } else if (constraint instanceof Constraint.ForeignKey key) {
            return "FOREIGN KEY (" + String.join(", ", key.columns()) + ") REFERENCES " + key.referenced()
                    + (key.referencedColumns().isEmpty()
                            ? ""
                            : " (" + String.join(", ", key.referencedColumns()) + ")");
        } else if (constraint instanceof Constraint.Validation validation) {
            return "VALIDATE CONSTRAINT " + validation.name();
        }
        return "EXCLUDE" + (name(constraint) == null ? "" : " " + name(constraint));
    }

    private static @Nullable String name(Constraint constraint) {
        return constraint instanceof Constraint.Exclusion exclusion ? exclusion.name() : null;
    }

    private static String line(String sql) {
        return sql.strip().replaceAll("\\s+", " ");
    }
}
