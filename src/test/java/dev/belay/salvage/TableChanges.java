package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.salvage.Migration.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a random migration does to whole tables. */
final class TableChanges {

    private final Dice dice;
    private final Names names;

    TableChanges(Dice dice, Names names) {
        this.dice = dice;
        this.names = names;
    }

    Optional<Change> rename(Shape.Table table) {
        String name = names.table();
        List<String> forward = new ArrayList<>(List.of("ALTER TABLE " + table.quoted() + " RENAME TO " + quote(name)));
        List<String> back = new ArrayList<>();
        String now = quote(table.schema()) + "." + quote(name);
        if (dice.percent(50)) {
            forward.add("CREATE VIEW " + table.quoted() + " AS SELECT * FROM " + now);
            back.add("DROP VIEW IF EXISTS " + table.quoted() + " CASCADE");
        }
        back.add("ALTER TABLE " + now + " RENAME TO " + quote(table.name()));
        return Change.of(forward, back);
    }

    Optional<Change> renameInCycle(Shape shape) {
        List<Shape.Table> some = dice.some(shape.tables(), dice.between(2, 3));
        if (some.size() < 2 || some.stream().map(Shape.Table::schema).distinct().count() > 1) {
            return Optional.empty();
        }
        return Change.of(cycle(some, 1), cycle(some, some.size() - 1));
    }

    /** Each gets the name of the one so many places further on. */
    private static List<String> cycle(List<Shape.Table> tables, int places) {
        List<String> sql = new ArrayList<>();
        String schema = quote(tables.get(0).schema()) + ".";
        for (int i = 0; i < tables.size(); i++) {
            sql.add("ALTER TABLE " + tables.get(i).quoted() + " RENAME TO \"between " + i + "\"");
        }
        for (int i = 0; i < tables.size(); i++) {
            Shape.Table target = tables.get((i + places) % tables.size());
            sql.add("ALTER TABLE " + schema + "\"between " + i + "\" RENAME TO " + quote(target.name()));
        }
        return sql;
    }

    Optional<Change> drop(Shape.Table table) {
        if (dice.percent(40)) {
            return Optional.empty();
        }
        String columns = table.columns().stream()
                .map(column -> column.quoted() + " " + column.type())
                .collect(Collectors.joining(", "));
        return Change.of(
                List.of("DROP TABLE " + table.quoted() + " CASCADE"),
                List.of("CREATE TABLE " + table.quoted() + " (" + columns + primaryKey(table) + ")"));
    }

    private static String primaryKey(Shape.Table table) {
        return table.key().isEmpty() ? "" : ", PRIMARY KEY (" + SetUp.named(table.key()) + ")";
    }

    /** Some columns go into a table of their own, with the key. */
    Optional<Change> split(Shape.Table table) {
        List<Shape.Column> moved = dice.some(table.values(), 2);
        if (moved.isEmpty() || table.key().isEmpty()) {
            return Optional.empty();
        }
        String part = quote("public") + "." + quote(names.table());
        String key = SetUp.named(table.key());
        List<String> forward = new ArrayList<>();
        forward.add(
                "CREATE TABLE " + part + " AS SELECT " + key + ", " + SetUp.named(moved) + " FROM " + table.quoted());
        forward.add("ALTER TABLE " + part + " ADD PRIMARY KEY (" + key + ")");
        if (dice.percent(50) && table.primary()) {
            forward.add("ALTER TABLE " + part + " ADD FOREIGN KEY (" + key + ") REFERENCES " + table.quoted()
                    + (dice.percent(50) ? " ON DELETE CASCADE" : ""));
        }
        List<String> back = new ArrayList<>();
        if (dice.percent(60)) {
            for (Shape.Column column : moved) {
                String alter = "ALTER TABLE " + table.quoted();
                forward.add(alter + " DROP COLUMN " + column.quoted());
                back.add(alter + " ADD COLUMN " + column.quoted() + " " + column.type());
                back.add("UPDATE " + table.quoted() + " t SET " + column.quoted() + " = p." + column.quoted() + " FROM "
                        + part + " p WHERE " + joined(table.key()));
            }
        }
        back.add("DROP TABLE " + part);
        return Change.of(forward, back);
    }

    private static String joined(List<Shape.Column> key) {
        return key.stream()
                .map(column -> "p." + column.quoted() + " = t." + column.quoted())
                .collect(Collectors.joining(" AND "));
    }

    /** A column of the other table comes into this one, and the other goes. */
    Optional<Change> merge(Shape.Table table, Shape.Table other) {
        Optional<Shape.Column> moved = dice.any(other.values());
        if (moved.isEmpty()
                || table.oid() == other.oid()
                || table.key().size() != 1
                || other.key().size() != 1) {
            return Optional.empty();
        }
        String name = quote(names.column());
        Shape.Column column = moved.get();
        String columns = other.columns().stream()
                .map(each -> each.quoted() + " " + each.type())
                .collect(Collectors.joining(", "));
        String match = "t." + table.key().get(0).quoted() + " = p."
                + other.key().get(0).quoted();
        String alter = "ALTER TABLE " + table.quoted();
        return Change.of(
                List.of(
                        alter + " ADD COLUMN " + name + " " + column.type(),
                        "UPDATE " + table.quoted() + " t SET " + name + " = p." + column.quoted() + " FROM "
                                + other.quoted() + " p WHERE " + match,
                        "DROP TABLE " + other.quoted() + " CASCADE"),
                List.of(
                        "CREATE TABLE " + other.quoted() + " (" + columns + primaryKey(other) + ")",
                        alter + " DROP COLUMN " + name));
    }

    Optional<Change> move(Shape.Table table) {
        if (table.kind().equals("p")) {
            return Optional.empty();
        }
        String schema = table.schema().equals("moved") ? "public" : "moved";
        return Change.of(
                List.of("CREATE SCHEMA IF NOT EXISTS moved", "ALTER TABLE " + table.quoted() + " SET SCHEMA " + schema),
                List.of("ALTER TABLE " + schema + "." + quote(table.name()) + " SET SCHEMA " + quote(table.schema())));
    }

    Optional<Change> dropConstraint(Shape.Table table, Session session) throws SQLException {
        List<List<@Nullable String>> found = session.ask(
                "SELECT conname, pg_get_constraintdef(oid), contype FROM pg_constraint WHERE coninhcount = 0 AND conrelid = "
                        + literal(table.quoted()) + "::regclass ORDER BY contype <> 'p', conname");
        return dice.any(found).map(constraint -> {
            String name = quote(String.valueOf(constraint.get(0)));
            String alter = "ALTER TABLE " + table.quoted();
            String cascade = dice.percent(20) ? " CASCADE" : "";
            return new Change(
                    List.of(alter + " DROP CONSTRAINT " + name + cascade),
                    List.of(alter + " ADD CONSTRAINT " + name + " " + constraint.get(1)));
        });
    }
}
