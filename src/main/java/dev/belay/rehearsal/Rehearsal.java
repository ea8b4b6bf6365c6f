package dev.belay.rehearsal;

import dev.belay.catalog.Catalog;
import java.util.List;
import java.util.Set;

/**
 * What the rehearsal showed.
 *
 * @param before the database's catalog as it was backed up
 * @param after the catalog that the scripts lead to
 * @param reversible whether undo scripts, written or generated, led back to the same schema and the same rows
 * @param oneWay why no undo is offered, each as a clause; empty when it is reversible
 * @param deletesFrom the tables from which the scripts deleted rows
 * @param rows what the scripts did to the rows that were there
 * @param forwardMillis how long the scripts took on the copy
 * @param backMillis how long the way back took on the copy; 0 when it was not gone
 */
public record Rehearsal(
        Catalog before,
        Catalog after,
        boolean reversible,
        List<String> oneWay,
        Set<String> deletesFrom,
        Kept.Outcome rows,
        long forwardMillis,
        long backMillis) {

    public Rehearsal {
        oneWay = List.copyOf(oneWay);
        deletesFrom = Set.copyOf(deletesFrom);
    }

    /** Why no undo is offered, as one clause. */
    public String whyOneWay() {
        return oneWay.isEmpty() ? "there is no undo script for all of it" : String.join("; ", oneWay);
    }

    Rehearsal andBack(Set<String> deletes, long forward, long back) {
        return new Rehearsal(before, after, true, List.of(), deletes, rows, forward, back);
    }

    Rehearsal because(List<String> why) {
        return new Rehearsal(before, after, false, why, deletesFrom, rows, forwardMillis, backMillis);
    }
}
