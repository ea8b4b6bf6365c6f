package dev.belay.masking;

import java.util.Set;

/**
 * A column as far as masking has to know it.
 *
 * @param type as SQL writes it
 * @param base the name of the type, of a domain that of the type below it
 * @param category the type's category in {@code pg_type}
 * @param modifier of the base type, such as a length; -1 for none
 * @param computed whether PostgreSQL computes it from others
 * @param alwaysIdentity whether nobody else may give it a value
 * @param unique whether it has to be unique by itself
 * @param partitionKey whether it decides in which partition a row is
 */
record Column(
        ColumnId id,
        String type,
        String base,
        String category,
        int modifier,
        boolean notNull,
        boolean computed,
        boolean alwaysIdentity,
        boolean unique,
        boolean partitionKey) {

    private static final Set<String> SIZED = Set.of("varchar", "bpchar");
    private static final Set<String> WHOLE = Set.of("int2", "int4", "int8", "numeric");
    private static final Set<String> DATES = Set.of("date", "timestamp", "timestamptz");
    private static final long WIDEST_NUMBER = (1L << 60) - 1;

    boolean isText() {
        return category.equals("S");
    }

    boolean isWhole() {
        return WHOLE.contains(base);
    }

    boolean isDate() {
        return DATES.contains(base);
    }

    /** How many characters its texts may have, or how large its numbers may be. */
    long room() {
        if (isWhole()) {
            return switch (base) {
                case "int2" -> Short.MAX_VALUE;
                case "int4" -> Integer.MAX_VALUE;
                case "numeric" -> modifier < 0 ? WIDEST_NUMBER : largestNumeric();
                default -> WIDEST_NUMBER;
            };
        }
        return SIZED.contains(base) && modifier >= 4 ? modifier - 4L : Long.MAX_VALUE;
    }

    /** {@code numeric(p, s)} has p - s digits before the point; PostgreSQL keeps both in the modifier. */
    private long largestNumeric() {
        int digits = ((modifier - 4) >> 16 & 0xffff) - (modifier - 4 & 0x7ff);
        return digits >= 19 ? WIDEST_NUMBER : (long) Math.pow(10, Math.max(0, digits)) - 1;
    }
}
