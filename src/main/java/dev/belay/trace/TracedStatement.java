package dev.belay.trace;

import java.util.List;

/**
 * One statement and what it did.
 *
 * @param file its script, below the module's folder
 * @param line where it begins in the script, from 1
 * @param transaction which transaction it ran in, counted from 0; one outside of transaction blocks has one of its own
 * @param inTransaction whether it ran in a transaction block; if not, its locks were sampled from another session
 * @param sql its text, placeholders replaced
 * @param micros how long it took, in microseconds, without the tracing
 * @param walBytes the write-ahead log that it wrote, with the files that a server of another {@code wal_level} would log
 * @param locks those it took that are stronger than what its transaction had already
 * @param work what it did to the rows, by table and index; nothing for what it did not touch
 * @param changes what it changed in the schema
 */
public record TracedStatement(
        String module,
        String file,
        int line,
        int transaction,
        boolean inTransaction,
        String sql,
        long micros,
        long walBytes,
        List<Lock> locks,
        List<Work> work,
        List<Change> changes) {

    public TracedStatement {
        locks = List.copyOf(locks);
        work = List.copyOf(work);
        changes = List.copyOf(changes);
    }
}
