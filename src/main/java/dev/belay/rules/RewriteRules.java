package dev.belay.rules;

import static dev.belay.rules.Severity.HIGH;
import static dev.belay.rules.Severity.LOW;
import static dev.belay.rules.Severity.MEDIUM;

import dev.belay.sql.Parsed;
import dev.belay.sql.Parsed.Kind;
import dev.belay.sql.Parsed.Trait;
import dev.belay.trace.Change;
import dev.belay.trace.RelationKind;
import dev.belay.trace.Work;
import java.util.List;

/** Tables that are written anew while others wait. */
final class RewriteRules {

    private static final Rule TYPE = Rule.of(
                    "B13", "column-type-rewrite", HIGH, "A change of type writes the table anew while everybody waits")
            .why("""
                    Where PostgreSQL cannot take the old values for the new type, it writes the table and its indexes anew, or
                    reads all of it, under an ACCESS EXCLUSIVE lock. It also needs the same space on disk once more.
                    """)
            .instead("""
                    Add a column of the new type, have the application write both, fill it in batches, then read from it and drop
                    the old one. A varchar that gets longer, or becomes text, is changed in the catalog alone.
                    """)
            .bad("ALTER TABLE shop.orders ALTER COLUMN quantity TYPE bigint;")
            .good("ALTER TABLE shop.orders ALTER COLUMN code TYPE varchar(40);")
            .covers(
                    "eugene E5",
                    "eugene E10",
                    "squawk changing-column-type",
                    "strong_migrations changing the type of a column",
                    "atlas PG301")
            .when(moment -> moment.changes(Change.Kind.COLUMN_TYPE_CHANGED)
                    .filter(change -> moment.work().anyMatch(work -> work.rewritten() || work.scans() > 0))
                    .map(change -> moment.held(change.relation()) + " while " + change.name() + " was changed from "
                            + change.before() + " to " + change.after() + written(moment, change.relation()))
                    .toList());

    private static final Rule DEFAULT = Rule.of(
                    "B14",
                    "volatile-default-rewrite",
                    HIGH,
                    "A new column's default is computed for each row while everybody waits")
            .why("""
                    A default that is the same for all rows is kept in the catalog. One that differs from row to row, such as
                    gen_random_uuid() or clock_timestamp(), writes the table anew under an ACCESS EXCLUSIVE lock.
                    """)
            .instead("""
                    Add the column without a default, set the default afterwards, which is for new rows only, and fill the old
                    ones in batches in a later migration.
                    """)
            .bad("ALTER TABLE shop.orders ADD COLUMN token uuid DEFAULT gen_random_uuid();")
            .good("""
                    ALTER TABLE shop.orders ADD COLUMN token uuid;
                    ALTER TABLE shop.orders ALTER COLUMN token SET DEFAULT gen_random_uuid();
                    -- next migration
                    UPDATE shop.orders SET token = gen_random_uuid() WHERE id BETWEEN 1 AND 1000 AND token IS NULL;
                    """)
            .covers(
                    "eugene E10",
                    "squawk adding-field-with-default",
                    "strong_migrations adding a column with a volatile default value",
                    "atlas PG302")
            .when(moment -> added(moment, false));

    private static final Rule GENERATED = Rule.of(
                    "B15",
                    "generated-column-rewrite",
                    HIGH,
                    "A serial, identity or generated column writes the table anew while everybody waits")
            .why("""
                    Each row that is there already gets its number or its computed value: the table is written anew under an
                    ACCESS EXCLUSIVE lock.
                    """)
            .instead("""
                    Add a plain column, have a trigger or the application fill it, fill the old rows in batches; a sequence
                    becomes its default with SET DEFAULT nextval(…), which reads nothing.
                    """)
            .bad("ALTER TABLE shop.orders ADD COLUMN number bigserial;")
            .good("""
                    CREATE SEQUENCE shop.order_numbers;
                    ALTER TABLE shop.orders ADD COLUMN number bigint;
                    ALTER TABLE shop.orders ALTER COLUMN number SET DEFAULT nextval('shop.order_numbers');
                    """)
            .covers(
                    "eugene E10",
                    "eugene E11",
                    "squawk adding-serial-primary-key-field",
                    "squawk adding-field-with-default",
                    "strong_migrations adding an auto-incrementing column",
                    "strong_migrations adding a stored generated column")
            .when(moment -> added(moment, true));

    private static final Rule REWRITE = Rule.of(
                    "B16", "table-rewritten", HIGH, "A table is written anew while everybody waits")
            .why("""
                    VACUUM FULL, CLUSTER, SET LOGGED or UNLOGGED, SET ACCESS METHOD and SET TABLESPACE copy the whole table and
                    its indexes under an ACCESS EXCLUSIVE lock, and need the space of both on disk.
                    """)
            .instead("VACUUM, which lets everybody work; pg_repack or pg_squeeze where the space must be given back.")
            .bad("CLUSTER shop.orders USING orders_pkey;")
            .good("VACUUM shop.orders;")
            .covers("eugene E10", "squawk prefer-repack")
            .when(RewriteRules::rewritten);

    private static final Rule REFRESH = Rule.of(
                    "B17", "refresh-not-concurrent", MEDIUM, "A materialized view is refreshed while its readers wait")
            .why("""
                    REFRESH MATERIALIZED VIEW holds an ACCESS EXCLUSIVE lock on the view for as long as its query runs.
                    """)
            .instead("REFRESH MATERIALIZED VIEW CONCURRENTLY; the view needs a unique index for it.")
            .bad("REFRESH MATERIALIZED VIEW shop.daily;")
            .good("REFRESH MATERIALIZED VIEW CONCURRENTLY shop.daily;")
            .covers("eugene E10")
            .when(moment -> moment.parsed().is(Kind.REFRESH_MATERIALIZED_VIEW)
                            && !moment.parsed().has(Trait.CONCURRENTLY)
                    ? moment.work()
                            .filter(work -> work.kind() == RelationKind.MATERIALIZED_VIEW)
                            .map(work -> moment.held(work.relation()) + " while its query ran")
                            .toList()
                    : List.of());

    private static final Rule TWICE = Rule.of(
                    "B18", "table-read-twice", LOW, "Several ALTER TABLE read the same table in one transaction")
            .why("""
                    Each of them reads or writes the whole table once more, while the locks of the first are held already.
                    """)
            .instead("One ALTER TABLE with all the actions: PostgreSQL then goes through the rows once.")
            .bad("""
                    ALTER TABLE shop.prices VALIDATE CONSTRAINT has_sku;
                    ALTER TABLE shop.prices VALIDATE CONSTRAINT has_amount;
                    """)
            .good("ALTER TABLE shop.prices VALIDATE CONSTRAINT has_sku, VALIDATE CONSTRAINT has_amount;")
            .covers("eugene W12")
            .when(RewriteRules::readTwice);

    static final List<Rule> ALL = List.of(TYPE, DEFAULT, GENERATED, REWRITE, REFRESH, TWICE);

    private RewriteRules() {}

    private static String written(Moment moment, String relation) {
        return moment.isRewritten(relation) ? " and the table was written anew" : " and its rows were read";
    }

    private static List<String> added(Moment moment, boolean numbered) {
        boolean sequence = moment.statement().changes().stream()
                .anyMatch(change -> change.kind() == Change.Kind.RELATION_CREATED
                        && change.traits().contains(Change.Trait.SEQUENCE));
        return moment.changes(Change.Kind.COLUMN_ADDED)
                .filter(change -> moment.isRewritten(change.relation()))
                .filter(change -> numbered
                        == (sequence
                                || Has.anyOf(Change.Trait.GENERATED, Change.Trait.IDENTITY)
                                        .test(change)))
                .map(change ->
                        moment.held(change.relation()) + " while it was written anew for the column " + change.name())
                .toList();
    }

    private static List<String> rewritten(Moment moment) {
        return moment.tables()
                .filter(Work::rewritten)
                .map(Work::relation)
                .filter(relation -> !moment.changes(Change.Kind.COLUMN_ADDED, relation)
                        && !moment.changes(Change.Kind.COLUMN_TYPE_CHANGED, relation))
                .map(relation -> moment.held(relation) + " while it was written anew")
                .toList();
    }

    private static boolean goesThrough(Work work) {
        return !work.isNew() && (work.scans() > 0 || work.rewritten());
    }

    private static List<String> readTwice(Moment moment) {
        if (!moment.parsed().is(Kind.ALTER_TABLE)) {
            return List.of();
        }
        return moment.tables()
                .filter(RewriteRules::goesThrough)
                .filter(work -> moment.trace().statements().subList(0, moment.index()).stream()
                        .filter(earlier ->
                                earlier.transaction() == moment.statement().transaction())
                        .filter(earlier -> earlier.work().stream()
                                .anyMatch(one ->
                                        goesThrough(one) && one.relation().equals(work.relation())))
                        .anyMatch(earlier -> Parsed.of(earlier.sql()).is(Kind.ALTER_TABLE)))
                .map(work -> "went through " + work.relation() + " again" + Moment.amounts(work) + " in "
                        + Amounts.time(moment.statement().micros()))
                .toList();
    }
}
