package dev.belay.undo;

import dev.belay.catalog.Catalog;
import java.util.Set;

/**
 * What the rehearsal of an undo showed.
 *
 * @param before the database's catalog as it was backed up
 * @param after the catalog that the undo leads to
 * @param deletesFrom the tables from which the undo scripts deleted rows
 */
record UndoRehearsal(Catalog before, Catalog after, Set<String> deletesFrom) {

    UndoRehearsal {
        deletesFrom = Set.copyOf(deletesFrom);
    }
}
