package dev.belay.catalog;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What hangs on one table and what it hangs on; what a change of it may break.
 *
 * @param table its qualified name
 * @param references foreign keys of this table
 * @param referencedBy foreign keys of others, or its own, to this table
 * @param views views that read it, directly or by way of other views
 * @param functions functions that depend on it, are its triggers, or only have its name in their body
 * @param attached its triggers, rules and policies
 * @param sequences sequences that its columns own
 * @param parents the partitioned table it is a part of, or the tables it inherits from
 * @param partitions its partitions
 * @param children tables that inherit from it
 * @param publications publications that publish its changes
 */
public record Relations(
        String table,
        List<ForeignKey> references,
        List<ForeignKey> referencedBy,
        List<View> views,
        List<FunctionUse> functions,
        List<Attached> attached,
        List<Index> indexes,
        List<String> sequences,
        List<String> parents,
        List<String> partitions,
        List<String> children,
        List<String> publications) {

    /**
     * A foreign key from {@code table} to {@code referencedTable}.
     *
     * @param onDelete PostgreSQL's words: NO ACTION, RESTRICT, CASCADE, SET NULL, SET DEFAULT
     * @param validated false when it was added NOT VALID, so that older rows may break it
     */
    public record ForeignKey(
            String name,
            String table,
            List<String> columns,
            String referencedTable,
            List<String> referencedColumns,
            String onDelete,
            String onUpdate,
            boolean deferrable,
            boolean validated) {}

    /**
     * A view on the table.
     *
     * @param steps 1 when it reads the table itself, 2 when it reads a view that does, and so on
     */
    @Schema(name = "DependentView")
    public record View(String name, boolean materialized, int steps) {}

    /** A function that has to do with the table, with its argument types. */
    public record FunctionUse(String name, String language, Use use) {}

    /** How surely a function has to do with the table. */
    @Schema(name = "FunctionUseKind")
    public enum Use {
        /** PostgreSQL knows that it does. */
        DEPENDS,
        /** It runs as a trigger of the table. */
        TRIGGER,
        /** Its body has a word equal to the table's name; that may be another table's, or a comment. */
        NAMES_IT
    }

    /**
     * A trigger, rule or policy of the table.
     *
     * @param enabled for a policy: whether row security is on
     */
    public record Attached(Kind kind, String name, String definition, boolean enabled) {
        /** What it is. */
        @Schema(name = "AttachedKind")
        public enum Kind {
            TRIGGER,
            RULE,
            POLICY
        }
    }

    /** An index of the table. */
    public record Index(
            String name, String definition, boolean primary, boolean unique, boolean partial, boolean valid) {}
}
