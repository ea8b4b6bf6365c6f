package dev.belay.undo;

import dev.belay.catalog.Catalog;
import dev.belay.catalog.TableHash;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the rehearsal of an undo showed.
 *
 * @param before the database's catalog as it was backed up
 * @param after the catalog that the undo leads to
 * @param rows by the written names of the tables, what each holds after the undo
 * @param deletesFrom the tables from which the undo scripts deleted rows
 */
record UndoRehearsal(Catalog before, Catalog after, SortedMap<String, TableHash> rows, Set<String> deletesFrom) {

    UndoRehearsal {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        deletesFrom = Set.copyOf(deletesFrom);
    }
}
