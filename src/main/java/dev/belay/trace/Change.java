package dev.belay.trace;

import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a statement changed in the schema, told by OID and attnum, so that a rename is a rename.
 *
 * @param relation the table, view, index or sequence it is about, as in {@link Lock}; a type's name for {@link Kind#TYPE_CREATED}
 * @param kind what happened
 * @param name the column, constraint, index or trigger; null when the relation itself is meant
 * @param before its type, name or definition before; null when it is new
 * @param after the same after; null when it is gone
 * @param traits what else is to be known of it
 * @param isNew whether the relation was made by the same transaction, so that nobody has used it yet
 */
public record Change(
        Kind kind,
        String relation,
        @Nullable String name,
        @Nullable String before,
        @Nullable String after,
        Set<Trait> traits,
        boolean isNew) {

    public Change {
        traits = Set.copyOf(traits);
    }

    /** What can happen. */
    @Schema(name = "ChangeKind")
    public enum Kind {
        RELATION_CREATED,
        RELATION_DROPPED,
        /** {@code before} and {@code after} are the qualified names. */
        RELATION_RENAMED,
        /** {@code after} is the type. */
        COLUMN_ADDED,
        COLUMN_DROPPED,
        /** {@code before} and {@code after} are the names. */
        COLUMN_RENAMED,
        /** {@code before} and {@code after} are the types. */
        COLUMN_TYPE_CHANGED,
        COLUMN_MADE_NOT_NULL,
        COLUMN_MADE_NULLABLE,
        /** {@code before} and {@code after} are the default's expression, null for none. */
        COLUMN_DEFAULT_CHANGED,
        /** {@code after} is PostgreSQL's definition of it; {@code traits} say which kind and whether NOT VALID. */
        CONSTRAINT_ADDED,
        CONSTRAINT_VALIDATED,
        CONSTRAINT_DROPPED,
        /** {@code after} is its CREATE INDEX; {@code relation} its table. */
        INDEX_CREATED,
        INDEX_DROPPED,
        TRIGGER_CREATED,
        TRIGGER_DROPPED,
        /** A type, domain or enum of its own, not that of a table; {@code after} is one of enum, domain, composite, range. */
        TYPE_CREATED,
        /** {@code after} is the new label. */
        ENUM_VALUE_ADDED
    }

    /** What else is to be known of a change. */
    @Schema(name = "ChangeTrait")
    public enum Trait {
        NOT_NULL,
        DEFAULT,
        /** {@code GENERATED … STORED}. */
        GENERATED,
        IDENTITY,
        PRIMARY_KEY,
        FOREIGN_KEY,
        UNIQUE,
        CHECK,
        EXCLUSION,
        NOT_VALID,
        /** A constraint that was made of an index that was there already. */
        FROM_INDEX,
        TABLE,
        INDEX,
        VIEW,
        SEQUENCE,
        MATERIALIZED_VIEW
    }
}
