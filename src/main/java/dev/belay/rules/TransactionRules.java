package dev.belay.rules;

import static dev.belay.rules.Severity.HIGH;
import static dev.belay.rules.Severity.MEDIUM;

import dev.belay.sql.Parsed.Kind;
import dev.belay.sql.Parsed.Trait;
import dev.belay.trace.Change;
import dev.belay.trace.LockMode;
import dev.belay.trace.Work;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a transaction does while it holds locks that it does not need any more, or not yet. */
final class TransactionRules {

    /** What Belay, or whoever runs the server, sets so that nothing waits for ever and nobody does what is not theirs. */
    private static final Set<String> SETTINGS = Set.of(
            "lock_timeout",
            "statement_timeout",
            "idle_in_transaction_session_timeout",
            "deadlock_timeout",
            "role",
            "session_authorization",
            "session_replication_role",
            "all");

    private static final Rule WORK_UNDER_LOCK = Rule.of(
                    "B35",
                    "work-under-exclusive-lock",
                    MEDIUM,
                    "Rows are read or written while everybody waits for another reason")
            .why("""
                    A lock is kept until its transaction ends. What takes long after an ACCESS EXCLUSIVE lock was taken lets
                    everybody wait for that table too. Statements that touch the catalog alone are too quick to count.
                    """)
            .instead("Put what takes long into a migration of its own, before the one that takes the lock.")
            .bad("""
                    ALTER TABLE shop.customers ADD COLUMN city text;
                    UPDATE shop.orders SET note = 'seen' WHERE id BETWEEN 1 AND 100;
                    """)
            .good("""
                    UPDATE shop.orders SET note = 'seen' WHERE id BETWEEN 1 AND 100;
                    -- next migration
                    ALTER TABLE shop.customers ADD COLUMN city text;
                    """)
            .covers("eugene E4", "strong_migrations backfilling data")
            .when(TransactionRules::worksUnderLock);

    private static final Rule BACKFILL = Rule.of(
                    "B36",
                    "backfill-with-schema-change",
                    MEDIUM,
                    "A table's rows and its shape are changed in one transaction")
            .why("""
                    The change of shape keeps others from the table for as long as the rows are written; and the rows that were
                    written before it keep their locks while it waits for its own.
                    """)
            .instead("Change the shape in one migration, and the rows in the next, in batches.")
            .bad("""
                    ALTER TABLE shop.orders ADD COLUMN seen boolean;
                    UPDATE shop.orders SET seen = true WHERE id BETWEEN 1 AND 100;
                    """)
            .good("""
                    ALTER TABLE shop.orders ADD COLUMN seen boolean;
                    -- next migration
                    UPDATE shop.orders SET seen = true WHERE id BETWEEN 1 AND 100;
                    """)
            .covers("strong_migrations backfilling data")
            .when(moment -> moment.statement().inTransaction()
                    ? moment.tables()
                            .filter(work -> work.touched() > 0 && !work.truncated())
                            .filter(work -> moment.lockInTransaction(work.relation())
                                    .filter(LockMode::blocksWriters)
                                    .isPresent())
                            .map(work -> "wrote " + Amounts.rows(work.touched()) + " of " + work.relation() + " in "
                                    + Amounts.time(moment.statement().micros())
                                    + ", in the transaction that changes its shape")
                            .toList()
                    : List.of());

    private static final Rule LOCK_TABLE = Rule.of("B37", "lock-table", MEDIUM, "A table is locked by hand")
            .why("""
                    Others wait from here until the transaction ends, whatever it does. PostgreSQL takes the lock that a
                    statement needs by itself.
                    """)
            .instead("Leave it out, or lock the rows it is about with SELECT … FOR UPDATE.")
            .bad("LOCK TABLE shop.prices IN EXCLUSIVE MODE;")
            .good("SELECT id FROM shop.prices WHERE id = 1 FOR UPDATE;")
            .when(moment -> moment.parsed().is(Kind.LOCK)
                    ? moment.statement().locks().stream()
                            .filter(lock -> !lock.isNew() && lock.mode().blocksWriters())
                            .map(lock -> "held " + lock.mode().shown() + " on " + lock.relation()
                                    + " until its transaction ended")
                            .toList()
                    : List.of());

    private static final Rule CONTROL = Rule.of(
                    "B38", "transaction-control", HIGH, "A script begins or ends transactions itself")
            .why("""
                    Belay runs all pending scripts in one transaction, so that a failure leaves nothing behind and a lock that
                    cannot be had is tried for again. A COMMIT in the midst of it leaves half a migration behind.
                    """)
            .instead(
                    "Leave BEGIN, COMMIT and ROLLBACK out; put what must be committed on its own into another migration.")
            .bad("""
                    ALTER TABLE shop.prices ADD COLUMN vat numeric;
                    COMMIT;
                    ALTER TABLE shop.prices ADD COLUMN net numeric;
                    """)
            .good("""
                    ALTER TABLE shop.prices ADD COLUMN vat numeric;
                    -- next migration
                    ALTER TABLE shop.prices ADD COLUMN net numeric;
                    """)
            .covers("squawk transaction-nesting", "squawk ban-uncommitted-transaction")
            .when(moment -> moment.parsed().is(Kind.TRANSACTION_CONTROL)
                    ? List.of("ended or began a transaction that is Belay's")
                    : List.of());

    private static final Rule TIMEOUT = Rule.of(
                    "B39", "session-setting-changed", MEDIUM, "A script sets a timeout or role that Belay has set")
            .why("""
                    Belay runs scripts with a short lock_timeout and tries again, so that nobody queues up behind a migration that
                    waits; and as the role that is configured. A script that sets these takes that away, also from the
                    scripts after it.
                    """)
            .instead("Leave it out; belay.migrations.lock-timeout sets the lock timeout of every migration.")
            .bad("SET lock_timeout = '1h';")
            .good("SET LOCAL maintenance_work_mem = '256MB';")
            .when(moment -> moment.parsed().is(Kind.SET)
                    ? moment.parsed().targets().stream()
                            .filter(SETTINGS::contains)
                            .map(parameter -> "set or reset " + parameter)
                            .toList()
                    : List.of());

    private static final Rule DETACH = Rule.of(
                    "B40", "partition-detached-not-concurrent", MEDIUM, "A partition is detached while everybody waits")
            .why("""
                    DETACH PARTITION needs an ACCESS EXCLUSIVE lock on the whole partitioned table: while it waits for the longest
                    query, all others on any partition queue up behind it.
                    """)
            .instead("DETACH PARTITION … CONCURRENTLY, alone in its script.")
            .bad("ALTER TABLE shop.events DETACH PARTITION shop.events_2025;")
            .good("ALTER TABLE shop.events DETACH PARTITION shop.events_2025 CONCURRENTLY;")
            .covers("squawk require-concurrent-partition-detach")
            .when(moment -> moment.parsed().is(Kind.DETACH_PARTITION)
                            && !moment.parsed().has(Trait.CONCURRENTLY)
                    ? moment.statement().locks().stream()
                            .filter(lock -> !lock.isNew() && lock.mode() == LockMode.ACCESS_EXCLUSIVE)
                            .limit(1)
                            .map(lock -> moment.held(lock.relation()))
                            .toList()
                    : List.of());

    private static final Rule ATTACH = Rule.of(
                    "B41", "partition-attach-scan", MEDIUM, "A table is read in full to become a partition")
            .why("""
                    ATTACH PARTITION reads all rows of the table under an ACCESS EXCLUSIVE lock on it, unless a valid CHECK
                    constraint says already that they belong there.
                    """)
            .instead("Add such a CHECK as NOT VALID, validate it in the next migration, attach, then drop it.")
            .bad("""
                    ALTER TABLE shop.events ATTACH PARTITION shop.events_2024
                        FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                    """)
            .good("""
                    ALTER TABLE shop.events_2024 ADD CONSTRAINT of_2024
                        CHECK (at >= '2024-01-01' AND at < '2025-01-01') NOT VALID;
                    -- next migration
                    ALTER TABLE shop.events_2024 VALIDATE CONSTRAINT of_2024;
                    -- next migration
                    ALTER TABLE shop.events ATTACH PARTITION shop.events_2024
                        FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                    """)
            .when(moment -> moment.parsed().is(Kind.ATTACH_PARTITION)
                    ? moment.tables()
                            .filter(work -> work.scans() > 0)
                            .map(work -> moment.held(work.relation()) + " while all rows were read")
                            .toList()
                    : List.of());

    static final List<Rule> ALL = List.of(WORK_UNDER_LOCK, BACKFILL, LOCK_TABLE, CONTROL, TIMEOUT, DETACH, ATTACH);

    private TransactionRules() {}

    private static List<String> worksUnderLock(Moment moment) {
        boolean works = moment.statement().work().stream().anyMatch(TransactionRules::takesTime)
                || moment.statement().changes().stream().anyMatch(change -> change.kind() == Change.Kind.INDEX_CREATED);
        if (!works) {
            return List.of();
        }
        return moment.heldBefore().entrySet().stream()
                .filter(held -> held.getValue() == LockMode.ACCESS_EXCLUSIVE)
                .sorted(Map.Entry.comparingByKey())
                .map(held -> "kept ACCESS EXCLUSIVE on " + held.getKey() + " for "
                        + Amounts.time(moment.statement().micros()) + " longer")
                .toList();
    }

    private static boolean takesTime(Work work) {
        return work.rowsRead() > 0 || work.touched() > 0 || work.rewritten();
    }
}
