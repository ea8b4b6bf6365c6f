package dev.belay.catalog;

/**
 * Where a sequence stood from one moment to another. Sequences know no snapshots: while applications go on,
 * {@code pg_dump} finds a later value than a fingerprint at "the same" moment. What can be promised is that the dumped
 * value lies between one read before the dump and one read after it.
 *
 * <p>A sequence that was set back meanwhile ({@code setval}) is taken to have stood anywhere between the two values; one
 * that cycles and is behind its first value is taken to have gone round once.
 *
 * @param from read first
 * @param to read last; equal to {@code from} when nothing could move it
 * @param ascending whether its increment is positive
 */
public record SequenceRange(Position from, Position to, boolean ascending, boolean cycles) {

    /**
     * What a sequence stores.
     *
     * @param called whether {@code lastValue} was handed out already
     */
    public record Position(long lastValue, boolean called) {
        @Override
        public String toString() {
            return lastValue + (called ? "" : " (not yet used)");
        }
    }

    /** The range from this one's start to {@code later}'s end. */
    SequenceRange until(SequenceRange later) {
        return new SequenceRange(from, later.to, ascending, cycles);
    }

    /** Whether the sequence may have stood, during this range, wherever {@code other} says that it stood. */
    boolean covers(SequenceRange other) {
        return covers(other.from) && covers(other.to);
    }

    private boolean covers(Position position) {
        boolean afterFrom = compare(from, position) <= 0;
        boolean beforeTo = compare(position, to) <= 0;
        if (compare(from, to) <= 0) {
            return afterFrom && beforeTo;
        }
        if (cycles) {
            return afterFrom || beforeTo;
        }
        return compare(to, position) <= 0 && compare(position, from) <= 0;
    }

    private int compare(Position left, Position right) {
        int byValue = Long.compare(left.lastValue, right.lastValue);
        return byValue == 0 ? Boolean.compare(left.called, right.called) : ascending ? byValue : -byValue;
    }

    @Override
    public String toString() {
        return from.equals(to) ? from.toString() : "between " + from + " and " + to;
    }
}
