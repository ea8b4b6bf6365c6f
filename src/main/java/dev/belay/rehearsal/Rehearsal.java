package dev.belay.rehearsal;

import dev.belay.catalog.Catalog;
import java.util.Set;

/**
 * What the rehearsal showed.
 *
 * @param before the database's catalog as it was backed up
 * @param after the catalog that the scripts lead to
 * @param reversible whether the undo scripts led back to the same schema and the same rows
 * @param deletesFrom the tables from which the scripts deleted rows
 * @param rows what the scripts did to the rows that were there
 * @param forwardMillis how long the scripts took on the copy
 * @param backMillis how long the way back took on the copy; 0 when it was not gone
 */
public record Rehearsal(
        Catalog before,
        Catalog after,
        boolean reversible,
        Set<String> deletesFrom,
        Kept.Outcome rows,
        long forwardMillis,
        long backMillis) {

    public Rehearsal {
        deletesFrom = Set.copyOf(deletesFrom);
    }
}
