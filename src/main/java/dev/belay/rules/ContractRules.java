package dev.belay.rules;

import static dev.belay.rules.Severity.LOW;
import static dev.belay.rules.Severity.MEDIUM;

import dev.belay.sql.Parsed.Kind;
import dev.belay.trace.Change;
import dev.belay.trace.TracedStatement;
import java.util.List;

/** What an application of the older version, which still runs while the newer one is rolled out, does not survive. */
final class ContractRules {

    private static final Rule TABLE = Rule.of("B27", "table-renamed", MEDIUM, "A table or view is renamed")
            .why("Every application that knows it by its old name fails from the commit on.")
            .instead("""
                    Leave a view of the old name in the same migration; simple views can be written to. Drop it when no
                    application of the older version runs any more.
                    """)
            .bad("ALTER TABLE shop.legacy RENAME TO archive;")
            .good("""
                    ALTER TABLE shop.legacy RENAME TO archive;
                    CREATE VIEW shop.legacy AS SELECT id, name FROM shop.archive;
                    """)
            .covers("squawk renaming-table", "strong_migrations renaming a table", "atlas BC101")
            .when(ContractRules::renamed);

    private static final Rule COLUMN = Rule.of("B28", "column-renamed", MEDIUM, "A column is renamed")
            .why("Every application that knows it by its old name fails from the commit on.")
            .instead("""
                    Add a column of the new name, have the application write both, fill the old rows in batches, read from the new
                    one, drop the old one later.
                    """)
            .bad("ALTER TABLE shop.customers RENAME COLUMN name TO full_name;")
            .good("ALTER TABLE shop.customers ADD COLUMN full_name text;")
            .covers("squawk renaming-column", "strong_migrations renaming a column", "atlas BC102")
            .when(moment -> moment.changes(Change.Kind.COLUMN_RENAMED)
                    .map(change -> change.before() + " of " + change.relation() + " is now " + change.after())
                    .toList());

    private static final Rule SCHEMA = Rule.of("B29", "schema-renamed", MEDIUM, "A schema is renamed")
            .why("Every application and every search_path that knows it by its old name fails from the commit on.")
            .instead("Create a schema of the new name, and move tables one by one, each with a view in its old place.")
            .bad("ALTER SCHEMA shop_old RENAME TO shop_archive;")
            .good("CREATE SCHEMA shop_archive;")
            .covers("strong_migrations renaming a schema")
            .when(moment -> moment.parsed().is(Kind.RENAME_SCHEMA)
                    ? List.of(String.join(", ", moment.parsed().targets()) + " has another name")
                    : List.of());

    private static final Rule ENUM_VALUE = Rule.of("B30", "enum-value-renamed", MEDIUM, "A value of an enum is renamed")
            .why("Every application that writes or compares the old value fails from the commit on.")
            .instead("""
                    Add the new value, have applications understand both, change the rows in batches, and leave the old value
                    unused.
                    """)
            .bad("ALTER TYPE shop.colour RENAME VALUE 'red' TO 'crimson';")
            .good("ALTER TYPE shop.colour ADD VALUE 'crimson' AFTER 'red';")
            .covers("strong_migrations renaming an enum value")
            .when(moment -> moment.parsed().is(Kind.RENAME_ENUM_VALUE)
                    ? List.of("a value of " + String.join(", ", moment.parsed().targets()) + " has another name")
                    : List.of());

    private static final Rule NULLABLE = Rule.of("B31", "column-made-nullable", LOW, "A column may be NULL from now on")
            .why("""
                    An application of the older version that never met a NULL there may fail on the first one; and to take it
                    back, someone has to fill them.
                    """)
            .instead(
                    "Give the column a default for rows that have no value; drop NOT NULL when all applications know NULL.")
            .bad("ALTER TABLE shop.orders ALTER COLUMN status DROP NOT NULL;")
            .good("ALTER TABLE shop.orders ALTER COLUMN status SET DEFAULT 'new';")
            .covers("squawk ban-drop-not-null")
            .when(moment -> moment.changes(Change.Kind.COLUMN_MADE_NULLABLE)
                    .map(change -> change.name() + " of " + change.relation() + " may be NULL")
                    .toList());

    private static final Rule REQUIRED = Rule.of(
                    "B32", "required-column-added", MEDIUM, "A new column must have a value and has no default")
            .why("""
                    An application of the older version, which does not know the column, cannot insert a row any more. On a table
                    with rows the statement fails.
                    """)
            .instead(
                    "Add it with a default, or as nullable; make it NOT NULL, as B09 says, when all applications fill it.")
            .bad("ALTER TABLE shop.empty ADD COLUMN reason text NOT NULL;")
            .good("ALTER TABLE shop.empty ADD COLUMN reason text NOT NULL DEFAULT 'unknown';")
            .covers("squawk adding-required-field", "squawk adding-not-nullable-field", "atlas MF103")
            .when(moment -> moment.changes(Change.Kind.COLUMN_ADDED)
                    .filter(Has.anyOf(Change.Trait.NOT_NULL))
                    .filter(Has.none(Change.Trait.DEFAULT, Change.Trait.GENERATED, Change.Trait.IDENTITY))
                    .map(change ->
                            change.name() + " of " + change.relation() + " must be given a value by every INSERT")
                    .toList());

    private static final Rule JSON = Rule.of("B33", "json-column", LOW, "A column of the type json is added")
            .why("""
                    json has no equality: SELECT DISTINCT, GROUP BY and UNION over all columns of the table fail from then on.
                    """)
            .instead("Use jsonb.")
            .bad("ALTER TABLE shop.orders ADD COLUMN extra json;")
            .good("ALTER TABLE shop.orders ADD COLUMN extra jsonb;")
            .covers("eugene E3", "strong_migrations adding a json column")
            .when(moment -> moment.changes(Change.Kind.COLUMN_ADDED)
                    .filter(change -> "json".equals(change.after()))
                    .map(change -> change.name() + " of " + change.relation() + " is json")
                    .toList());

    private static final Rule ENUM = Rule.of("B34", "enum-created", LOW, "An enum is created")
            .why("""
                    A value of an enum cannot be removed, and nothing more can be said of one; every such wish is a migration of
                    all tables that use it.
                    """)
            .instead("A text column with a CHECK constraint, or a table of the values with a foreign key to it.")
            .bad("CREATE TYPE shop.size AS ENUM ('small', 'large');")
            .good("CREATE TABLE shop.size (name text PRIMARY KEY);")
            .covers("eugene W13")
            .when(moment -> moment.statement().changes().stream()
                    .filter(change -> change.kind() == Change.Kind.TYPE_CREATED && "enum".equals(change.after()))
                    .map(change -> change.relation() + " is an enum")
                    .toList());

    static final List<Rule> ALL = List.of(TABLE, COLUMN, SCHEMA, ENUM_VALUE, NULLABLE, REQUIRED, JSON, ENUM);

    private ContractRules() {}

    private static List<String> renamed(Moment moment) {
        if (moment.parsed().is(Kind.RENAME_SCHEMA)) {
            return List.of();
        }
        return moment.changes(Change.Kind.RELATION_RENAMED)
                .filter(Has.anyOf(Change.Trait.TABLE, Change.Trait.VIEW, Change.Trait.MATERIALIZED_VIEW))
                .filter(change -> moment.transaction()
                        .noneMatch(statement -> creates(statement, String.valueOf(change.before()))))
                .map(change -> change.before() + " is now " + change.after() + ", and nothing has the old name")
                .toList();
    }

    private static boolean creates(TracedStatement statement, String relation) {
        return statement.changes().stream()
                .anyMatch(
                        change -> change.kind() == Change.Kind.RELATION_CREATED && relation.equals(change.relation()));
    }
}
