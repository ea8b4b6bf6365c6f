package dev.belay.rules;

import static dev.belay.rules.Severity.HIGH;
import static dev.belay.rules.Severity.LOW;
import static dev.belay.rules.Severity.MEDIUM;

import dev.belay.sql.Parsed.Kind;
import dev.belay.sql.Parsed.Trait;
import dev.belay.trace.Change;
import dev.belay.trace.Work;
import java.util.List;
import java.util.Objects;

/** What takes rows, or what guards them, away. */
final class LossRules {

    private static final Rule TABLE = Rule.of("B19", "table-dropped", HIGH, "A table is dropped")
            .why("""
                    Its rows are gone, and an undo script cannot bring them back: only a restore of the backup can. An
                    application of the older version that still reads it fails at once.
                    """)
            .instead("""
                    Release an application that does not use it, take its rights away, wait until nobody has missed it, then drop
                    it with an allow comment.
                    """)
            .bad("DROP TABLE shop.legacy;")
            .good("REVOKE ALL ON shop.legacy FROM PUBLIC;")
            .covers("squawk ban-drop-table", "strong_migrations creating a table with the force option", "atlas DS102")
            .when(moment -> moment.changes(Change.Kind.RELATION_DROPPED)
                    .filter(Has.anyOf(Change.Trait.TABLE))
                    .map(change -> change.relation() + " was dropped with all its rows")
                    .toList());

    private static final Rule COLUMN = Rule.of("B20", "column-dropped", HIGH, "A column is dropped")
            .why("""
                    Its values are gone, and an undo script can only bring an empty column back. An application of the older
                    version that still names it fails at once.
                    """)
            .instead("""
                    Release an application that does not use it, then drop it in a later migration with an allow comment.
                    """)
            .bad("ALTER TABLE shop.orders DROP COLUMN note;")
            .good("COMMENT ON COLUMN shop.orders.note IS 'not used since 2.4';")
            .covers("squawk ban-drop-column", "strong_migrations removing a column", "atlas DS103")
            .when(moment -> moment.changes(Change.Kind.COLUMN_DROPPED)
                    .map(change -> change.name() + " of " + change.relation() + " was dropped with all its values")
                    .toList());

    private static final Rule TRUNCATE = Rule.of("B21", "table-truncated", HIGH, "A table is emptied")
            .why("""
                    All rows are gone, with CASCADE those of every table that refers to it too, and an undo script cannot bring
                    them back. It needs an ACCESS EXCLUSIVE lock, and no DELETE trigger sees it.
                    """)
            .instead("DELETE with a WHERE, in batches, of the rows that nobody needs.")
            .bad("TRUNCATE shop.prices;")
            .good("DELETE FROM shop.prices WHERE id BETWEEN 1 AND 10;")
            .covers("squawk ban-truncate-cascade")
            .when(moment -> moment.tables()
                    .filter(Work::truncated)
                    .map(work -> work.relation() + " lost all its rows")
                    .toList());

    private static final Rule CASCADE = Rule.of("B22", "cascade", MEDIUM, "CASCADE takes along whatever depends on it")
            .why("""
                    What depends on it is decided when the statement runs: another database of the same project may have views,
                    foreign keys or tables that nobody thought of.
                    """)
            .instead("Name what is to go in statements of its own, so that anything else stops the migration.")
            .bad("DROP VIEW shop.open_orders CASCADE;")
            .good("DROP VIEW shop.open_orders;")
            .covers("squawk ban-truncate-cascade", "strong_migrations creating a table with the force option")
            .when(LossRules::cascade);

    private static final Rule SCHEMA = Rule.of("B23", "schema-dropped", HIGH, "A schema is dropped")
            .why("Whatever is in it goes with it, or the migration fails because something still is.")
            .instead("Drop what is in it by name in earlier migrations; then the empty schema, with an allow comment.")
            .bad("DROP SCHEMA shop_old CASCADE;")
            .good("REVOKE ALL ON SCHEMA shop_old FROM PUBLIC;")
            .covers("atlas DS101")
            .when(moment -> moment.parsed().is(Kind.DROP_SCHEMA)
                    ? List.of(String.join(", ", moment.parsed().targets()) + gone(moment))
                    : List.of());

    private static final Rule DATABASE = Rule.of("B24", "database-dropped", HIGH, "A database is dropped")
            .why("""
                    A script changes the database that it runs in. Another one has neither been backed up nor rehearsed here, and
                    on the server where this was rehearsed it is not even there.
                    """)
            .instead("Drop databases by hand, after a backup of them.")
            .bad("DROP DATABASE IF EXISTS shop_of_last_year;")
            .good("COMMENT ON SCHEMA shop IS 'the shop of last year has a database of its own';")
            .covers("squawk ban-drop-database")
            .when(moment -> moment.parsed().is(Kind.DROP_DATABASE)
                    ? List.of("asks to drop the database "
                            + String.join(", ", moment.parsed().targets()))
                    : List.of());

    private static final Rule FOREIGN_KEY = Rule.of("B25", "foreign-key-dropped", LOW, "A foreign key is dropped")
            .why("""
                    From then on rows may be left that refer to nothing; to bring the key back, someone has to clean them up.
                    """)
            .instead("Keep it; if it is in the way of a bulk change, make it DEFERRABLE.")
            .bad("ALTER TABLE shop.orders DROP CONSTRAINT orders_customer_fkey;")
            .good("ALTER TABLE shop.orders ALTER CONSTRAINT orders_customer_fkey DEFERRABLE INITIALLY IMMEDIATE;")
            .covers("atlas CD101")
            .when(moment -> moment.changes(Change.Kind.CONSTRAINT_DROPPED)
                    .filter(Has.anyOf(Change.Trait.FOREIGN_KEY))
                    .map(change -> change.name() + " of " + change.relation() + " was dropped: " + change.before())
                    .toList());

    private static final Rule WITHOUT_WHERE = Rule.of(
                    "B26", "no-where", MEDIUM, "All rows are changed by one statement")
            .why("""
                    UPDATE or DELETE without WHERE locks every row until the transaction ends, doubles the table on disk, and
                    leaves nothing of what was there to look at.
                    """)
            .instead("Change the rows that need it, in batches by key, each in a migration or transaction of its own.")
            .bad("UPDATE shop.orders SET status = 'seen';")
            .good("UPDATE shop.orders SET status = 'seen' WHERE id BETWEEN 1 AND 1000 AND status = 'new';")
            .covers("strong_migrations backfilling data")
            .when(moment -> moment.parsed().is(Kind.UPDATE, Kind.DELETE)
                            && !moment.parsed().has(Trait.WHERE)
                    ? moment.tables()
                            .filter(work -> work.updated() + work.deleted() > 0)
                            .map(work -> Amounts.rows(work.updated() + work.deleted()) + " of " + work.relation()
                                    + (work.deleted() > 0 ? " were deleted in " : " were updated in ")
                                    + Amounts.time(moment.statement().micros()))
                            .toList()
                    : List.of());

    static final List<Rule> ALL =
            List.of(TABLE, COLUMN, TRUNCATE, CASCADE, SCHEMA, DATABASE, FOREIGN_KEY, WITHOUT_WHERE);

    private LossRules() {}

    private static List<String> cascade(Moment moment) {
        boolean onlyNew = !moment.statement().changes().isEmpty()
                && moment.statement().changes().stream().allMatch(Change::isNew);
        boolean takesAway =
                moment.parsed().is(Kind.DROP, Kind.DROP_INDEX, Kind.DROP_SCHEMA, Kind.ALTER_TABLE, Kind.TRUNCATE);
        return moment.parsed().has(Trait.CASCADE) && takesAway && !onlyNew
                ? List.of(
                        "on this database: " + String.join(", ", moment.parsed().targets()) + gone(moment))
                : List.of();
    }

    private static String gone(Moment moment) {
        List<String> gone = moment.statement().changes().stream()
                .map(LossRules::gone)
                .filter(text -> !text.isEmpty())
                .toList();
        return gone.isEmpty() ? "" : "; gone: " + String.join(", ", gone);
    }

    private static String gone(Change change) {
        return switch (change.kind()) {
            case RELATION_DROPPED -> change.relation();
            case COLUMN_DROPPED, CONSTRAINT_DROPPED, TRIGGER_DROPPED ->
                Objects.requireNonNullElse(change.name(), "?") + " of " + change.relation();
            default -> "";
        };
    }
}
