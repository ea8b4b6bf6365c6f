package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.literal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does what applications do, at random, and keeps what succeeded. Through compatibility views too. */
final class Writes {

    private static final String NOTHING = " WHERE false";

    private final Dice dice;
    private final Session session;
    private final Shape shape;
    private final List<String> done = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();

    Writes(Dice dice, Session session) throws SQLException {
        this.dice = dice;
        this.session = session;
        this.shape = Shape.read(session);
    }

    /** So many attempts; returns what succeeded. */
    List<String> run(int attempts) throws SQLException {
        done.clear();
        List<Shape.Table> all =
                Stream.concat(shape.tables().stream(), shape.views().stream()).toList();
        for (int i = 0; i < attempts && !all.isEmpty(); i++) {
            write(dice.one(all));
        }
        return List.copyOf(done);
    }

    /** Numbers that applications have chosen themselves are theirs to keep clear of. */
    void moveSequencesOn() throws SQLException {
        for (Shape.Table table : shape.tables()) {
            for (Shape.Column column : table.columns()) {
                if (column.identity() || column.fallback().startsWith("nextval")) {
                    String sequence =
                            "pg_get_serial_sequence(" + literal(table.quoted()) + ", " + literal(column.name()) + ")";
                    session.execute("SELECT setval(" + sequence + ", greatest(nextval(" + sequence + "), (SELECT max("
                            + column.quoted() + ") FROM " + table.quoted() + ")))");
                }
            }
        }
    }

    private void write(Shape.Table table) throws SQLException {
        switch (dice.between(0, 19)) {
            case 0, 1, 2, 3, 4, 5 -> insert(table);
            case 6, 7, 8, 9, 10 -> update(table);
            case 11, 12, 13 -> delete(table);
            case 14 -> changeKey(table);
            case 15 -> swap(table);
            case 16 -> insertAgain();
            case 17 -> attempt("UPDATE " + table.quoted() + assignments(table, 1));
            case 18 -> attempt("DELETE FROM " + table.quoted() + (dice.percent(85) ? third(table) : ""));
            default -> writeBack(table);
        }
    }

    private boolean attempt(String... statements) throws SQLException {
        boolean aims = Stream.of(statements).noneMatch(sql -> sql.endsWith(NOTHING));
        boolean worked = aims && session.tries(List.of(statements));
        if (worked) {
            done.addAll(List.of(statements));
        }
        return worked;
    }

    private void insert(Shape.Table table) throws SQLException {
        List<Shape.Column> columns = table.writable().stream()
                .filter(column ->
                        !column.always() && ((column.fallback().isEmpty() && !column.identity()) || dice.percent(30)))
                .toList();
        if (columns.isEmpty()) {
            attempt("INSERT INTO " + table.quoted() + " DEFAULT VALUES");
            return;
        }
        List<String> tuples = new ArrayList<>();
        int together = dice.percent(25) ? 2 : 1;
        for (int i = 0; i < together; i++) {
            tuples.add(
                    columns.stream().map(column -> value(table, column)).collect(Collectors.joining(", ", "(", ")")));
        }
        attempt("INSERT INTO " + table.quoted() + " (" + SetUp.named(columns) + ") VALUES "
                + String.join(", ", tuples));
    }

    private String value(Shape.Table table, Shape.Column column) {
        boolean number = column.type().equals("integer") || column.type().equals("bigint");
        if (number && table.key().contains(column)) {
            return String.valueOf(dice.between(1, 90));
        }
        return number && dice.percent(70) ? String.valueOf(dice.between(1, 12)) : Values.random(dice, column);
    }

    private void update(Shape.Table table) throws SQLException {
        attempt("UPDATE " + table.quoted() + assignments(table, dice.between(1, 3)) + oneRow(table));
    }

    private String assignments(Shape.Table table, int most) {
        List<Shape.Column> columns = dice.some(table.values(), most);
        if (columns.isEmpty()) {
            return " SET nothing = 0";
        }
        return columns.stream()
                .map(column -> column.quoted() + " = " + value(table, column))
                .collect(Collectors.joining(", ", " SET ", ""));
    }

    /** A condition that one row meets, or several alike: by its key where there is one. */
    private String oneRow(Shape.Table table) throws SQLException {
        List<Shape.Column> by = table.key().isEmpty() ? table.columns() : table.key();
        String list = by.stream().map(column -> column.quoted() + "::text").collect(Collectors.joining(", "));
        String order = " ORDER BY ROW(" + list + ")::text COLLATE \"C\"";
        List<List<@Nullable String>> rows = session.ask("SELECT " + list + " FROM " + table.quoted() + order);
        if (rows.isEmpty()) {
            return NOTHING;
        }
        List<@Nullable String> row = dice.one(rows);
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < by.size(); i++) {
            String value = row.get(i);
            String column = by.get(i).quoted() + "::text";
            conditions.add(value == null ? column + " IS NULL" : column + " = " + literal(value));
        }
        return " WHERE " + String.join(" AND ", conditions);
    }

    private String third(Shape.Table table) {
        return " WHERE hashtext(ROW(" + SetUp.named(table.key().isEmpty() ? table.columns() : table.key())
                + ")::text) % 3 = " + dice.between(0, 2);
    }

    private void delete(Shape.Table table) throws SQLException {
        String one = oneRow(table);
        List<String> again = session.column("SELECT "
                + literal("INSERT INTO " + table.quoted() + " (" + SetUp.named(table.writable())
                        + ") OVERRIDING SYSTEM VALUE VALUES (")
                + " || concat_ws(', ', "
                + table.writable().stream()
                        .map(column -> "quote_nullable(" + column.quoted() + "::text)")
                        .collect(Collectors.joining(", "))
                + ") || ')' FROM " + table.quoted() + one);
        if (attempt("DELETE FROM " + table.quoted() + one)) {
            deleted.addAll(again);
        }
    }

    private void insertAgain() throws SQLException {
        if (!deleted.isEmpty()) {
            attempt(dice.one(deleted));
        }
    }

    private void changeKey(Shape.Table table) throws SQLException {
        if (table.key().isEmpty()) {
            return;
        }
        Shape.Column column = dice.one(table.key());
        String value = switch (column.type()) {
            case "integer", "bigint" -> column.quoted() + " + " + dice.one(1, 20, 1000);
            case "text" -> column.quoted() + " || 'x'";
            default -> Values.of(dice, column.type());
        };
        attempt("UPDATE " + table.quoted() + " SET " + column.quoted() + " = " + value + oneRow(table));
    }

    /** Two rows exchange a value, by way of a third one where it is unique. */
    private void swap(Shape.Table table) throws SQLException {
        List<Shape.Column> values = table.values();
        if (values.isEmpty() || table.key().isEmpty()) {
            return;
        }
        Shape.Column column = dice.one(values);
        String first = oneRow(table);
        String second = oneRow(table);
        String select = "SELECT quote_nullable(" + column.quoted() + "::text) FROM " + table.quoted();
        List<String> one = session.column(select + first);
        List<String> other = session.column(select + second);
        if (one.size() == 1 && other.size() == 1) {
            String update = "UPDATE " + table.quoted() + " SET " + column.quoted() + " = ";
            String between = column.notNull() ? Values.of(dice, column.type()) : "NULL";
            attempt(update + between + first, update + one.get(0) + second, update + other.get(0) + first);
        }
    }

    /** As frameworks do: everything is written, though nothing changed. */
    private void writeBack(Shape.Table table) throws SQLException {
        if (!table.values().isEmpty()) {
            attempt("UPDATE " + table.quoted() + " SET "
                    + table.values().stream()
                            .filter(column -> !column.always())
                            .map(column -> column.quoted() + " = " + column.quoted())
                            .collect(Collectors.joining(", ")));
        }
    }
}
