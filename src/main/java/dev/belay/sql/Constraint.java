package dev.belay.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement would demand of the rows that a table has already. Names and expressions are as the script wrote them,
 * so that they can be put into a query as they are.
 */
public sealed interface Constraint {

    /** The table, as written. */
    String table();

    /**
     * A column that must have a value.
     *
     * @param added whether the same statement adds the column, without a default, so that no row there already has a value
     */
    record NotNull(String table, String column, boolean added) implements Constraint {}

    /**
     * A condition.
     *
     * @param name null when PostgreSQL makes one up
     * @param notValid whether the rows that are there already are not looked at
     */
    record Check(String table, @Nullable String name, String expression, boolean notValid) implements Constraint {}

    /**
     * No two rows alike.
     *
     * @param name of the constraint or index; null when PostgreSQL makes one up
     * @param columns columns and expressions
     * @param predicate which rows it is about; null for all
     * @param nullsNotDistinct whether two NULLs are alike
     */
    record Unique(
            String table,
            @Nullable String name,
            List<String> columns,
            @Nullable String predicate,
            boolean nullsNotDistinct)
            implements Constraint {
        public Unique {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A row that must exist elsewhere.
     *
     * @param name null when PostgreSQL makes one up
     * @param referencedColumns empty for the primary key
     * @param matchFull whether a key of which only some columns are NULL is refused
     * @param notValid whether the rows that are there already are not looked at
     */
    record ForeignKey(
            String table,
            @Nullable String name,
            List<String> columns,
            String referenced,
            List<String> referencedColumns,
            boolean matchFull,
            boolean notValid)
            implements Constraint {
        public ForeignKey {
            columns = List.copyOf(columns);
            referencedColumns = List.copyOf(referencedColumns);
        }
    }

    /**
     * Rows that must not overlap.
     *
     * @param name null when PostgreSQL makes one up
     */
    record Exclusion(String table, @Nullable String name) implements Constraint {}

    /** A constraint added earlier as NOT VALID, which is now demanded of all rows. */
    record Validation(String table, String name) implements Constraint {}
}
