package dev.belay.rules;

import static dev.belay.rules.Severity.HIGH;
import static dev.belay.rules.Severity.LOW;
import static dev.belay.rules.Severity.MEDIUM;

import dev.belay.sql.Parsed.Kind;
import dev.belay.sql.Parsed.Trait;
import dev.belay.trace.Change;
import dev.belay.trace.LockMode;
import dev.belay.trace.Trace.UnindexedKey;
import java.util.List;

/** Constraints that are checked against all rows while others wait. */
final class ConstraintRules {

    private static final Rule CHECK = Rule.of(
                    "B06", "check-validated-under-lock", HIGH, "A CHECK constraint is checked while everybody waits")
            .why("""
                    ADD CHECK reads all rows under an ACCESS EXCLUSIVE lock: nobody reads or writes the table meanwhile.
                    """)
            .instead("""
                    Add it as NOT VALID, which reads nothing and holds for new rows at once; VALIDATE CONSTRAINT in the next
                    migration, which lets everybody work.
                    """)
            .bad("ALTER TABLE shop.orders ADD CONSTRAINT not_huge CHECK (amount < 100000);")
            .good("""
                    ALTER TABLE shop.orders ADD CONSTRAINT not_huge CHECK (amount < 100000) NOT VALID;
                    -- next migration
                    ALTER TABLE shop.orders VALIDATE CONSTRAINT not_huge;
                    """)
            .covers(
                    "eugene E1",
                    "squawk constraint-missing-not-valid",
                    "strong_migrations adding a check constraint",
                    "atlas PG305")
            .when(ConstraintRules::check);

    private static final Rule FOREIGN_KEY = Rule.of(
                    "B07", "foreign-key-validated-under-lock", MEDIUM, "A foreign key is checked while writers wait")
            .why("""
                    ADD FOREIGN KEY reads the whole table under SHARE ROW EXCLUSIVE locks on both tables: on neither of them
                    anybody writes meanwhile.
                    """)
            .instead("""
                    Add it as NOT VALID; VALIDATE CONSTRAINT in the next migration, which lets writers work. An index on the
                    column belongs to it, built before.
                    """)
            .bad("ALTER TABLE shop.returns ADD CONSTRAINT returned FOREIGN KEY (order_id) REFERENCES shop.orders;")
            .good("""
                    ALTER TABLE shop.returns ADD CONSTRAINT returned FOREIGN KEY (order_id) REFERENCES shop.orders NOT VALID;
                    -- next migration
                    ALTER TABLE shop.returns VALIDATE CONSTRAINT returned;
                    """)
            .covers(
                    "eugene E1",
                    "squawk adding-foreign-key-constraint",
                    "squawk constraint-missing-not-valid",
                    "strong_migrations adding a foreign key",
                    "strong_migrations adding a reference")
            .when(ConstraintRules::foreignKey);

    private static final Rule VALIDATED = Rule.of(
                    "B08",
                    "validated-in-same-transaction",
                    HIGH,
                    "A constraint is validated while the lock that added it is still held")
            .why("""
                    VALIDATE CONSTRAINT alone lets everybody work. In the transaction that added the constraint, that one's
                    stronger lock is held until the end, so NOT VALID wins nothing.
                    """)
            .instead("""
                    Put VALIDATE CONSTRAINT into a migration of its own: Belay runs scripts that are pending together in one
                    transaction.
                    """)
            .bad("""
                    ALTER TABLE shop.orders ADD CONSTRAINT not_huge CHECK (amount < 100000) NOT VALID;
                    ALTER TABLE shop.orders VALIDATE CONSTRAINT not_huge;
                    """)
            .good("""
                    ALTER TABLE shop.orders ADD CONSTRAINT not_huge CHECK (amount < 100000) NOT VALID;
                    -- next migration
                    ALTER TABLE shop.orders VALIDATE CONSTRAINT not_huge;
                    """)
            .covers("squawk constraint-missing-not-valid", "strong_migrations adding a check constraint")
            .when(moment -> moment.changes(Change.Kind.CONSTRAINT_VALIDATED)
                    .filter(change -> moment.blocksWriters(change.relation()))
                    .map(change -> moment.held(change.relation()) + " while all rows were checked for " + change.name())
                    .toList());

    private static final Rule NOT_NULL = Rule.of(
                    "B09", "not-null-scan", HIGH, "A column is made NOT NULL while everybody waits")
            .why("""
                    SET NOT NULL reads all rows under an ACCESS EXCLUSIVE lock, unless a valid CHECK constraint says already
                    that there is no NULL.
                    """)
            .instead("""
                    ADD CHECK (column IS NOT NULL) NOT VALID; VALIDATE it in the next migration; in the one after it SET NOT
                    NULL, which then reads nothing, and drop the check.
                    """)
            .bad("ALTER TABLE shop.customers ALTER COLUMN email SET NOT NULL;")
            .good("""
                    ALTER TABLE shop.customers ADD CONSTRAINT has_mail CHECK (email IS NOT NULL) NOT VALID;
                    -- next migration
                    ALTER TABLE shop.customers VALIDATE CONSTRAINT has_mail;
                    -- next migration
                    ALTER TABLE shop.customers ALTER COLUMN email SET NOT NULL;
                    ALTER TABLE shop.customers DROP CONSTRAINT has_mail;
                    """)
            .covers(
                    "eugene E2",
                    "squawk adding-not-nullable-field",
                    "strong_migrations setting NOT NULL on an existing column",
                    "atlas PG303",
                    "atlas MF104")
            .when(moment -> moment.changes(Change.Kind.COLUMN_MADE_NOT_NULL)
                    .filter(change -> moment.isRead(change.relation()))
                    .map(change ->
                            moment.held(change.relation()) + " while all rows were read for a NULL in " + change.name())
                    .toList());

    private static final Rule KEY_FROM_INDEX = Rule.of(
                    "B10",
                    "primary-key-makes-not-null",
                    HIGH,
                    "A primary key made of an index turns its columns NOT NULL")
            .why("""
                    PRIMARY KEY USING INDEX builds nothing, but makes columns that may be NULL NOT NULL on the way: all rows are
                    read under an ACCESS EXCLUSIVE lock, and applications that write NULL fail from then on.
                    """)
            .instead("Make the columns NOT NULL first, as B09 says.")
            .bad("ALTER TABLE shop.legacy ADD CONSTRAINT legacy_pkey PRIMARY KEY USING INDEX legacy_id;")
            .good("""
                    ALTER TABLE shop.legacy ADD CONSTRAINT has_id CHECK (id IS NOT NULL) NOT VALID;
                    -- next migration
                    ALTER TABLE shop.legacy VALIDATE CONSTRAINT has_id;
                    -- next migration
                    ALTER TABLE shop.legacy ALTER COLUMN id SET NOT NULL;
                    ALTER TABLE shop.legacy ADD CONSTRAINT legacy_pkey PRIMARY KEY USING INDEX legacy_id;
                    """)
            .covers("eugene W14", "atlas PG304")
            .when(moment -> moment.changes(Change.Kind.CONSTRAINT_ADDED)
                    .filter(Has.anyOf(Change.Trait.PRIMARY_KEY))
                    .filter(key -> moment.changes(Change.Kind.COLUMN_MADE_NOT_NULL, key.relation()))
                    .map(key -> moment.held(key.relation()) + " while its columns were made NOT NULL")
                    .toList());

    private static final Rule NO_INDEX = Rule.of(
                    "B11", "foreign-key-without-index", LOW, "A foreign key has no index on its own side")
            .why("""
                    Each DELETE, and each UPDATE of the key, on the other table then reads this whole table to look for rows
                    that refer to it.
                    """)
            .instead("CREATE INDEX CONCURRENTLY on the columns of the foreign key, in the migration before it.")
            .bad("""
                    CREATE TABLE shop.reviews (id bigint PRIMARY KEY, order_id bigint REFERENCES shop.orders);
                    """)
            .good("""
                    CREATE TABLE shop.reviews (id bigint PRIMARY KEY, order_id bigint REFERENCES shop.orders);
                    CREATE INDEX reviews_order ON shop.reviews (order_id);
                    """)
            .covers("eugene E15")
            .when(ConstraintRules::withoutIndex);

    private static final Rule DOMAIN = Rule.of("B12", "domain-with-constraint", MEDIUM, "A domain carries a constraint")
            .why("""
                    A constraint of a domain cannot be changed for one table: to add one, PostgreSQL reads every table that uses
                    the domain, all in one transaction, while writers wait.
                    """)
            .instead("A CHECK constraint on the columns themselves, added as NOT VALID and validated later.")
            .bad("ALTER DOMAIN shop.euro ADD CONSTRAINT not_negative CHECK (VALUE >= 0);")
            .good("""
                    ALTER TABLE shop.prices ADD CONSTRAINT not_negative CHECK (amount >= 0) NOT VALID;
                    -- next migration
                    ALTER TABLE shop.prices VALIDATE CONSTRAINT not_negative;
                    """)
            .covers("squawk ban-create-domain-with-constraint", "squawk ban-alter-domain-with-add-constraint")
            .when(moment -> moment.parsed().is(Kind.CREATE_DOMAIN, Kind.ALTER_DOMAIN)
                            && moment.parsed().has(Trait.DOMAIN_CONSTRAINT)
                    ? List.of(readForDomain(moment))
                    : List.of());

    static final List<Rule> ALL = List.of(CHECK, FOREIGN_KEY, VALIDATED, NOT_NULL, KEY_FROM_INDEX, NO_INDEX, DOMAIN);

    private ConstraintRules() {}

    /** A partition that is detached gets a check of what its bounds said, which PostgreSQL knows to hold. */
    private static List<String> check(Moment moment) {
        if (moment.parsed().is(Kind.DETACH_PARTITION)) {
            return List.of();
        }
        return moment.changes(Change.Kind.CONSTRAINT_ADDED)
                .filter(Has.anyOf(Change.Trait.CHECK))
                .filter(Has.none(Change.Trait.NOT_VALID))
                .map(change -> moment.held(change.relation()) + " while all rows were checked for " + change.name())
                .toList();
    }

    /** With a column that is new and empty there is nothing to check, and PostgreSQL does not look. */
    private static List<String> foreignKey(Moment moment) {
        return moment.changes(Change.Kind.CONSTRAINT_ADDED)
                .filter(Has.anyOf(Change.Trait.FOREIGN_KEY))
                .filter(Has.none(Change.Trait.NOT_VALID))
                .filter(key ->
                        moment.isRead(key.relation()) || !moment.changes(Change.Kind.COLUMN_ADDED, key.relation()))
                .map(key -> moment.held(key.relation()) + " while all rows were checked for " + key.name())
                .toList();
    }

    private static List<String> withoutIndex(Moment moment) {
        return moment.trace().unindexedKeys().stream()
                .filter(key -> key.added() && adds(moment, key))
                .map(key -> key.constraint() + " on " + key.table() + " (" + String.join(", ", key.columns())
                        + ") has no index when all is done")
                .toList();
    }

    private static boolean adds(Moment moment, UnindexedKey key) {
        return moment.statement().changes().stream()
                .filter(change -> change.relation().equals(key.table()))
                .anyMatch(change -> change.kind() == Change.Kind.RELATION_CREATED
                        || (change.kind() == Change.Kind.CONSTRAINT_ADDED
                                && key.constraint().equals(change.name())));
    }

    private static String readForDomain(Moment moment) {
        List<String> read = moment.tables()
                .filter(work -> work.scans() > 0)
                .map(work -> work.relation()
                        + Moment.amounts(work)
                        + moment.lock(work.relation())
                                .filter(LockMode::blocksWriters)
                                .map(mode -> " under " + mode.shown())
                                .orElse(""))
                .toList();
        return read.isEmpty()
                ? "no table was read; every table that comes to use it will be"
                : "read " + String.join(", ", read) + " in "
                        + Amounts.time(moment.statement().micros());
    }
}
