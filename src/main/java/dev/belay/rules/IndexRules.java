package dev.belay.rules;

import static dev.belay.rules.Severity.HIGH;
import static dev.belay.rules.Severity.MEDIUM;

import dev.belay.sql.Parsed.Kind;
import dev.belay.sql.Parsed.Trait;
import dev.belay.trace.Change;
import dev.belay.trace.RelationKind;
import dev.belay.trace.Work;
import java.util.List;

/** Indexes that are built or dropped while others wait. */
final class IndexRules {

    private static final Rule BUILT = Rule.of(
                    "B01", "index-not-concurrent", MEDIUM, "An index is built while writers wait")
            .why("""
                    CREATE INDEX holds a SHARE lock: every INSERT, UPDATE and DELETE on the table waits until the index is
                    built.
                    """)
            .instead("""
                    CREATE INDEX CONCURRENTLY, alone in its script. It takes longer and lets everybody work; Belay removes the
                    INVALID index that a failed one leaves.
                    """)
            .bad("CREATE INDEX orders_placed ON shop.orders (placed_at);")
            .good("CREATE INDEX CONCURRENTLY orders_placed ON shop.orders (placed_at);")
            .covers(
                    "eugene E6",
                    "squawk require-concurrent-index-creation",
                    "strong_migrations adding an index non-concurrently",
                    "strong_migrations adding a reference",
                    "atlas PG101")
            .when(IndexRules::built);

    private static final Rule DROPPED = Rule.of(
                    "B02", "index-dropped-not-concurrent", MEDIUM, "An index is dropped while everybody waits")
            .why("""
                    DROP INDEX needs an ACCESS EXCLUSIVE lock on the table. It is quick once it has the lock, but while it waits
                    for the longest query on the table, all others queue up behind it.
                    """)
            .instead("DROP INDEX CONCURRENTLY, alone in its script.")
            .bad("DROP INDEX shop.orders_note;")
            .good("DROP INDEX CONCURRENTLY shop.orders_note;")
            .covers("squawk require-concurrent-index-deletion", "atlas PG102")
            .when(IndexRules::dropped);

    private static final Rule CONSTRAINT = Rule.of(
                    "B03",
                    "unique-constraint-builds-index",
                    HIGH,
                    "A constraint builds its index while everybody waits")
            .why("""
                    ADD UNIQUE and ADD PRIMARY KEY build an index under an ACCESS EXCLUSIVE lock: until it is built, nobody
                    reads or writes the table.
                    """)
            .instead("""
                    CREATE UNIQUE INDEX CONCURRENTLY in one migration; in the next, ADD CONSTRAINT … UNIQUE USING INDEX, which
                    only writes to the catalog.
                    """)
            .bad("ALTER TABLE shop.customers ADD CONSTRAINT one_mail UNIQUE (email);")
            .good("""
                    CREATE UNIQUE INDEX CONCURRENTLY one_mail ON shop.customers (email);
                    -- next migration
                    ALTER TABLE shop.customers ADD CONSTRAINT one_mail UNIQUE USING INDEX one_mail;
                    """)
            .covers(
                    "eugene E7",
                    "squawk disallowed-unique-constraint",
                    "squawk adding-serial-primary-key-field",
                    "strong_migrations adding a unique constraint",
                    "atlas PG104",
                    "atlas PG105",
                    "atlas MF101")
            .when(moment -> moment.changes(Change.Kind.CONSTRAINT_ADDED)
                    .filter(Has.anyOf(Change.Trait.UNIQUE, Change.Trait.PRIMARY_KEY))
                    .filter(Has.none(Change.Trait.FROM_INDEX))
                    .map(change ->
                            moment.held(change.relation()) + " while the index of " + change.name() + " was built")
                    .toList());

    private static final Rule EXCLUSION = Rule.of(
                    "B04",
                    "exclusion-constraint-builds-index",
                    HIGH,
                    "An exclusion constraint is added to a table in use")
            .why("""
                    ADD EXCLUDE builds its index and compares all rows under an ACCESS EXCLUSIVE lock: nobody reads or writes
                    the table meanwhile. PostgreSQL has no way to do it concurrently.
                    """)
            .instead("""
                    Create a new table with the constraint and move the rows over in batches; or do it in a maintenance window
                    that is long enough for the time observed.
                    """)
            .bad("ALTER TABLE shop.bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&);")
            .good("""
                    CREATE TABLE shop.exclusive_bookings (
                        id bigint PRIMARY KEY,
                        during tsrange NOT NULL,
                        CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&)
                    );
                    """)
            .covers("eugene E8", "strong_migrations adding an exclusion constraint")
            .when(moment -> moment.changes(Change.Kind.CONSTRAINT_ADDED)
                    .filter(Has.anyOf(Change.Trait.EXCLUSION))
                    .map(change ->
                            moment.held(change.relation()) + " while the index of " + change.name() + " was built")
                    .toList());

    private static final Rule REINDEX = Rule.of(
                    "B05", "reindex-not-concurrent", HIGH, "An index is rebuilt while others wait")
            .why("""
                    REINDEX blocks all writers of the table, and all readers who would use the index, until it is rebuilt.
                    """)
            .instead("REINDEX … CONCURRENTLY, alone in its script.")
            .bad("REINDEX INDEX shop.orders_note;")
            .good("REINDEX INDEX CONCURRENTLY shop.orders_note;")
            .covers("squawk require-concurrent-reindex")
            .when(IndexRules::rebuilt);

    static final List<Rule> ALL = List.of(BUILT, DROPPED, CONSTRAINT, EXCLUSION, REINDEX);

    private IndexRules() {}

    private static List<String> built(Moment moment) {
        if (moment.parsed().has(Trait.CONCURRENTLY) && !moment.statement().inTransaction()) {
            return List.of();
        }
        return moment.changes(Change.Kind.INDEX_CREATED)
                .filter(change -> moment.blocksWriters(change.relation()))
                .map(change -> moment.held(change.relation()) + " while " + change.name() + " was built")
                .toList();
    }

    private static List<String> dropped(Moment moment) {
        // An index that goes with its column or constraint has that one's rule.
        if (moment.parsed().has(Trait.CONCURRENTLY) || moment.parsed().is(Kind.ALTER_TABLE)) {
            return List.of();
        }
        return moment.changes(Change.Kind.INDEX_DROPPED)
                .map(change ->
                        moment.held(change.relation()) + ", which then waits with every query behind it until the"
                                + " queries that run end, to drop " + change.name())
                .toList();
    }

    private static List<String> rebuilt(Moment moment) {
        if (!moment.parsed().is(Kind.REINDEX) || moment.parsed().has(Trait.CONCURRENTLY)) {
            return List.of();
        }
        return moment.work()
                .filter(work -> work.kind() == RelationKind.INDEX)
                .filter(Work::rewritten)
                .map(work -> "rebuilt " + work.relation() + " in "
                        + Amounts.time(moment.statement().micros()) + Moment.amounts(work) + " while others waited")
                .toList();
    }
}
