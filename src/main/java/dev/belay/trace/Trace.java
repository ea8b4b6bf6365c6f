package dev.belay.trace;

import java.util.List;

/**
 * What a run of scripts did.
 *
 * @param statements in the order in which they ran
 * @param unindexedKeys foreign keys of the tables that were touched which have no index on their own side when all is done
 */
public record Trace(List<TracedStatement> statements, List<UnindexedKey> unindexedKeys) {

    public Trace {
        statements = List.copyOf(statements);
        unindexedKeys = List.copyOf(unindexedKeys);
    }

    /** How long all statements took together, in milliseconds. */
    public long millis() {
        return statements.stream().mapToLong(TracedStatement::micros).sum() / 1000;
    }

    /**
     * A foreign key whose referencing columns no index begins with, so that a DELETE on the other side reads the whole
     * table for each row.
     *
     * @param added whether the scripts added it
     */
    public record UnindexedKey(String constraint, String table, List<String> columns, boolean added) {
        public UnindexedKey {
            columns = List.copyOf(columns);
        }
    }
}
