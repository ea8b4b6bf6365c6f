package dev.belay.salvage;

import dev.belay.catalog.ColumnIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A column of a live table, and what it was in the backup.
 *
 * @param type as PostgreSQL writes it
 * @param home the same column in the backup, under whatever name; null when the migration has added it
 * @param fresh whether the migration fills it with something new each time it runs, so that a difference is nobody's write
 * @param generated whether it is computed from others, so that there is nothing to carry
 */
record MergeColumn(String name, String type, @Nullable ColumnIdentity home, boolean fresh, boolean generated) {

    /** Whether a difference in it is something that applications wrote. */
    boolean isCompared() {
        return !fresh && !generated;
    }

    boolean hasOtherType() {
        return home != null && !home.type().equals(type);
    }
}
