package dev.belay.trace;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;

/**
 * What a run of scripts did.
 *
 * @param statements in the order in which they ran
 * @param unindexedKeys foreign keys of the tables that were touched which have no index on their own side when all is done
 * @param crossings where modules use each other's without saying so
 * @param untold why it cannot be told of some things which module made them; empty when it can, or nobody needs to know
 */
public record Trace(
        List<TracedStatement> statements,
        List<UnindexedKey> unindexedKeys,
        List<Crossing> crossings,
        List<String> untold) {

    @JsonCreator
    public Trace {
        statements = List.copyOf(statements);
        unindexedKeys = List.copyOf(unindexedKeys);
        crossings = List.copyOf(crossings);
        untold = List.copyOf(untold);
    }

    /** One that says nothing of modules. */
    public Trace(List<TracedStatement> statements, List<UnindexedKey> unindexedKeys) {
        this(statements, unindexedKeys, List.of(), List.of());
    }

    /** The same with what was found out about modules. */
    public Trace with(List<Crossing> found, List<String> notFound) {
        return new Trace(statements, unindexedKeys, found, notFound);
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
