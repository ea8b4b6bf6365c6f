package dev.belay.catalog;

/**
 * The rows of a table, whatever their order.
 *
 * @param rows how many there are, exactly
 * @param hash the sum of the rows' 64-bit hashes, a decimal number; {@code 0} for no rows
 */
public record TableHash(long rows, String hash) {

    static final TableHash NONE = new TableHash(0, "0");

    @Override
    public String toString() {
        return rows + (rows == 1 ? " row" : " rows") + " (hash " + hash + ")";
    }
}
