package dev.belay.trace;

import java.util.Locale;

/**
 * PostgreSQL's table locks, weakest first.
 *
 * @see <a href="https://www.postgresql.org/docs/15/explicit-locking.html">Explicit Locking</a>
 */
public enum LockMode {
    ACCESS_SHARE,
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    EXCLUSIVE,
    ACCESS_EXCLUSIVE;

    /** From {@code pg_locks.mode}, such as {@code AccessExclusiveLock}. */
    static LockMode of(String mode) {
        String words = mode.replaceFirst("Lock$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "_");
        return valueOf(words.toUpperCase(Locale.ROOT));
    }

    /** Whether a plain SELECT waits for it. */
    public boolean blocksReaders() {
        return this == ACCESS_EXCLUSIVE;
    }

    /** Whether INSERT, UPDATE and DELETE wait for it. */
    public boolean blocksWriters() {
        return compareTo(SHARE) >= 0;
    }

    /** As PostgreSQL's manual writes it. */
    public String shown() {
        return name().replace('_', ' ');
    }
}
