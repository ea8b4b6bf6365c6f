package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.salvage.Migration.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a random migration does to columns. */
final class ColumnChanges {

    private static final Map<String, List<String>> TYPES = Map.ofEntries(
            Map.entry("integer", List.of("bigint", "text", "numeric", "numeric(10,2)", "smallint", "double precision")),
            Map.entry("bigint", List.of("integer", "text", "numeric")),
            Map.entry("numeric", List.of("numeric(10,2)", "text", "double precision", "integer")),
            Map.entry("numeric(10,2)", List.of("numeric", "text", "integer")),
            Map.entry("text", List.of("character varying(12)", "character varying(200)", "text[]", "jsonb")),
            Map.entry("character varying(12)", List.of("text", "character varying(5)", "character varying(200)")),
            Map.entry("boolean", List.of("text", "integer")),
            Map.entry("date", List.of("timestamp without time zone", "text")),
            Map.entry("timestamp without time zone", List.of("date", "timestamp with time zone", "text")),
            Map.entry("timestamp with time zone", List.of("text", "timestamp(0) with time zone")),
            Map.entry("jsonb", List.of("text", "json")),
            Map.entry("uuid", List.of("text")),
            Map.entry("bytea", List.of("text")),
            Map.entry("text[]", List.of("text")),
            Map.entry("mood", List.of("text")),
            Map.entry("positive", List.of("integer", "bigint", "text")),
            Map.entry("mail", List.of("text", "character varying(200)")),
            Map.entry("double precision", List.of("numeric", "text")));
    private static final List<String> ADDED = List.of(
            "integer",
            "bigint",
            "text",
            "timestamp with time zone",
            "uuid",
            "jsonb",
            "boolean",
            "mood",
            "numeric(10,2)");

    private final Dice dice;
    private final Names names;

    ColumnChanges(Dice dice, Names names) {
        this.dice = dice;
        this.names = names;
    }

    Optional<Change> rename(Shape.Table table) {
        String name = quote(names.column());
        return dice.any(table.columns())
                .map(column -> new Change(
                        List.of(alter(table, "RENAME COLUMN " + column.quoted() + " TO " + name)),
                        List.of(alter(table, "RENAME COLUMN " + name + " TO " + column.quoted()))));
    }

    Optional<Change> swap(Shape.Table table) {
        List<Shape.Column> two = dice.some(table.columns(), 2);
        if (two.size() < 2) {
            return Optional.empty();
        }
        String first = two.get(0).quoted();
        String second = two.get(1).quoted();
        List<String> sql = List.of(
                alter(table, "RENAME COLUMN " + first + " TO \"swapped\""),
                alter(table, "RENAME COLUMN " + second + " TO " + first),
                alter(table, "RENAME COLUMN \"swapped\" TO " + second));
        return Change.of(sql, sql);
    }

    Optional<Change> add(Shape.Table table) {
        String name = quote(names.column());
        String type = dice.one(ADDED);
        String definition = switch (dice.between(0, 6)) {
            case 0 -> type + " DEFAULT " + Values.of(dice, type);
            case 1 -> type + " NOT NULL DEFAULT " + Values.of(dice, type);
            case 2 -> "timestamptz NOT NULL DEFAULT now()";
            case 3 -> "uuid NOT NULL DEFAULT gen_random_uuid()";
            case 4 -> table.key().isEmpty() ? "bigserial PRIMARY KEY" : "bigserial";
            default -> type;
        };
        return Change.of(
                List.of(alter(table, "ADD COLUMN " + name + " " + definition)),
                List.of(alter(table, "DROP COLUMN " + name)));
    }

    Optional<Change> drop(Shape.Table table) {
        List<Shape.Column> droppable = dice.percent(8) ? table.columns() : table.values();
        return dice.any(droppable).map(column -> {
            String dropped = alter(table, "DROP COLUMN " + column.quoted() + (dice.percent(50) ? " CASCADE" : ""));
            // Sometimes another column takes its name, which is not the same column for that.
            boolean again = dice.percent(15);
            String add = alter(table, "ADD COLUMN " + column.quoted() + " " + column.type());
            return new Change(
                    again ? List.of(dropped, add) : List.of(dropped),
                    again ? List.of(alter(table, "DROP COLUMN " + column.quoted()), add) : List.of(add));
        });
    }

    Optional<Change> changeType(Shape.Table table) {
        return dice.any(table.writable())
                .flatMap(column -> dice.any(TYPES.getOrDefault(column.type(), List.of()))
                        .map(type -> change(table, column, type)));
    }

    private Change change(Shape.Table table, Shape.Column column, String type) {
        boolean alters = dice.percent(15);
        String using = column.quoted() + "::text::" + type;
        if (type.equals("jsonb") && column.type().equals("text")) {
            using = "to_jsonb(" + column.quoted() + ")";
        } else if (type.equals("text[]")) {
            using = "ARRAY[" + column.quoted() + "]";
        } else if (type.equals("integer") && !column.type().equals("positive")) {
            using = column.quoted() + "::integer";
        } else if (type.equals("text") && alters) {
            using = "'<' || " + column.quoted() + "::text || '>'";
        }
        boolean fallback = !column.fallback().isEmpty() && !column.identity();
        String noDefault = fallback ? "ALTER " + column.quoted() + " DROP DEFAULT, " : "";
        return new Change(
                List.of(alter(table, noDefault + "ALTER " + column.quoted() + " TYPE " + type + " USING " + using)),
                List.of(alter(
                        table,
                        "ALTER " + column.quoted() + " TYPE " + column.type() + " USING " + backCast(column, type))));
    }

    private static String backCast(Shape.Column column, String type) {
        return switch (type) {
            case "jsonb" -> "(" + column.quoted() + " #>> '{}')";
            case "text[]" -> column.quoted() + "[1]";
            default -> column.quoted() + "::text::" + column.type();
        };
    }

    Optional<Change> constrain(Shape.Table table) {
        return dice.any(table.writable()).flatMap(column -> {
            String name = quote(names.column());
            return switch (dice.between(0, 5)) {
                case 0 ->
                    both(
                            table,
                            "ADD CONSTRAINT " + name + " UNIQUE (" + column.quoted() + ")",
                            "DROP CONSTRAINT " + name);
                case 1 ->
                    both(
                            table,
                            "ALTER " + column.quoted() + " SET NOT NULL",
                            "ALTER " + column.quoted() + " DROP NOT NULL");
                case 2 ->
                    both(
                            table,
                            "ALTER " + column.quoted() + " DROP NOT NULL",
                            "ALTER " + column.quoted() + " SET NOT NULL");
                case 3 ->
                    both(
                            table,
                            "ADD CONSTRAINT " + name + " CHECK (" + column.quoted() + " IS DISTINCT FROM "
                                    + Values.of(dice, column.type()) + ")",
                            "DROP CONSTRAINT " + name);
                case 4 ->
                    both(
                            table,
                            "ALTER " + column.quoted() + " SET DEFAULT " + Values.of(dice, column.type()),
                            "ALTER " + column.quoted()
                                    + (column.fallback().isEmpty()
                                            ? " DROP DEFAULT"
                                            : " SET DEFAULT " + column.fallback()));
                default ->
                    Change.of(
                            List.of("CREATE INDEX " + name + " ON " + table.quoted() + " (" + column.quoted() + ")"),
                            List.of("DROP INDEX " + quote(table.schema()) + "." + name));
            };
        });
    }

    private static Optional<Change> both(Shape.Table table, String forward, String back) {
        return Change.of(List.of(alter(table, forward)), List.of(alter(table, back)));
    }

    private static String alter(Shape.Table table, String what) {
        return "ALTER TABLE " + table.quoted() + " " + what;
    }
}
