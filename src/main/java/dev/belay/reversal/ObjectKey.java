package dev.belay.reversal;

/**
 * What stays when something is renamed.
 *
 * @param catalog the catalog table that has it, such as {@code pg_class}
 * @param sub the attnum of a column; 0 for others
 */
record ObjectKey(String catalog, long oid, int sub) {

    /** What a column is a column of. */
    ObjectKey whole() {
        return new ObjectKey(catalog, oid, 0);
    }
}
