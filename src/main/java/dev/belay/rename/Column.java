package dev.belay.rename;

import java.util.List;

/**
 * A column.
 *
 * @param collation with its keyword when it is not the type's own, else empty
 * @param filled whether PostgreSQL gives it a value where nobody does
 * @param key whether it tells rows to partitions
 * @param comparable whether PostgreSQL can tell two values of it to be equal
 * @param grants privileges on it alone
 */
record Column(
        String name,
        String type,
        String collation,
        boolean filled,
        boolean generated,
        boolean key,
        boolean comparable,
        List<Grant> grants) {

    Column {
        grants = List.copyOf(grants);
    }
}
