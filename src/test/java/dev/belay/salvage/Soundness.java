package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.postgres.DatabaseAddress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a database holds what it declares, and whether given rows could be held by one. */
final class Soundness {

    private static final String CONSTRAINTS = """
            SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype
            FROM pg_constraint
            WHERE conrelid <> 0 AND coninhcount = 0 AND conparentid = 0 AND connamespace::regnamespace::text <> 'belay_salvage'
                AND connamespace >= 2200 AND connamespace::regnamespace::text !~ '^(pg_|information_schema)'
            ORDER BY contype <> 'f', oid
            """;

    private Soundness() {}

    /** Foreign keys that do not hold, and sequences that would give a number that is taken. */
    static List<String> faults(DatabaseAddress database) throws SQLException {
        List<String> faults = new ArrayList<>();
        try (Session session = new Session(database)) {
            Shape shape = Shape.read(session);
            for (Shape.Table table : shape.tables()) {
                sequences(session, table, faults);
            }
            for (List<@Nullable String> constraint : session.ask(CONSTRAINTS)) {
                String alter = "ALTER TABLE " + constraint.get(0);
                String name = constraint.get(1) + " ";
                if ("f".equals(constraint.get(3))
                        && !session.tries(List.of(
                                alter + " DROP CONSTRAINT " + name,
                                alter + " ADD CONSTRAINT " + name + constraint.get(2)))) {
                    faults.add("does not hold: " + session.failure());
                }
            }
        }
        return faults;
    }

    private static void sequences(Session session, Shape.Table table, List<String> faults) throws SQLException {
        for (Shape.Column column : table.columns()) {
            if (!column.identity() && !column.fallback().startsWith("nextval")) {
                continue;
            }
            String most = "SELECT max(" + column.quoted() + ") FROM " + table.quoted();
            String next = "SELECT nextval(pg_get_serial_sequence(" + literal(table.quoted()) + ", "
                    + literal(column.name()) + "))";
            List<String> taken = session.column(most);
            if (taken.equals(List.of(String.valueOf(Integer.MAX_VALUE)))) {
                continue; // an application took the last number there is, and so has the live sequence
            }
            List<String> given = session.column(next);
            if (!taken.isEmpty() && !given.isEmpty() && Long.parseLong(taken.get(0)) >= Long.parseLong(given.get(0))) {
                faults.add("the sequence of " + table.quoted() + "." + column.name() + " would give " + given.get(0)
                        + ", but " + taken.get(0) + " is there");
            }
        }
    }

    /** What rows of a table there would have to be: those of these keys as given, the others as they are. */
    record Wanted(Shape.Table table, Map<List<String>, Fate> fates, List<String> key) {}

    /** Why these rows cannot all be in the database, whatever the order in which they come; empty when they can. */
    static List<String> obstacles(DatabaseAddress database, List<Wanted> wanted) throws SQLException {
        try (Session session = new Session(database)) {
            session.connection().setAutoCommit(false);
            try {
                session.execute("SET LOCAL session_replication_role = replica");
                List<List<@Nullable String>> constraints = session.ask(CONSTRAINTS);
                for (List<@Nullable String> constraint : constraints) {
                    session.execute("ALTER TABLE " + constraint.get(0) + " DROP CONSTRAINT IF EXISTS "
                            + constraint.get(1) + " CASCADE");
                }
                for (Wanted table : wanted) {
                    write(session, table);
                }
                for (int i = constraints.size() - 1; i >= 0; i--) {
                    session.execute("ALTER TABLE " + constraints.get(i).get(0) + " ADD CONSTRAINT "
                            + constraints.get(i).get(1) + " "
                            + constraints.get(i).get(2));
                }
                return List.of();
            } catch (SQLException e) {
                return List.of(String.valueOf(e.getMessage()));
            } finally {
                session.connection().rollback();
            }
        }
    }

    private static void write(Session session, Wanted wanted) throws SQLException {
        for (Map.Entry<List<String>, Fate> entry : wanted.fates().entrySet()) {
            Fate fate = entry.getValue();
            if (!fate.touched()) {
                continue;
            }
            List<String> conditions = new ArrayList<>();
            for (int i = 0; i < wanted.key().size(); i++) {
                conditions.add(quote(wanted.key().get(i)) + "::text = "
                        + literal(entry.getKey().get(i).substring(1)));
            }
            session.execute("DELETE FROM " + wanted.table().quoted() + " WHERE " + String.join(" AND ", conditions));
            if (fate.present()) {
                insert(session, wanted.table(), fate);
            }
        }
    }

    private static void insert(Session session, Shape.Table table, Fate fate) throws SQLException {
        List<String> columns = List.copyOf(fate.values().keySet());
        session.execute("INSERT INTO " + table.quoted() + " ("
                + columns.stream().map(dev.belay.postgres.Identifiers::quote).collect(Collectors.joining(", "))
                + ") OVERRIDING SYSTEM VALUE VALUES ("
                + columns.stream()
                        .map(column -> fate.values()
                                .getOrDefault(column, java.util.Set.of())
                                .iterator()
                                .next())
                        .map(value -> value.equals(Contents.NULL) ? "NULL" : literal(value.substring(1)))
                        .collect(Collectors.joining(", "))
                + ")");
    }
}
