package dev.belay.squash;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.database.ProjectModule;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.review.Remark;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows that a module's scripts have put in, and where sequences stand since. */
final class ReferenceRows {

    private static final int MOST = 10_000;
    private static final String SEQUENCES = "SELECT n.nspname, c.relname FROM pg_catalog.pg_sequence s"
            + " JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname !~ '^pg_' ORDER BY 1, 2";

    private final Set<String> histories;
    private final ProjectModule module;
    private final Map<String, Content> had;
    private final Map<String, Position> stood;

    private ReferenceRows(
            Set<String> histories, ProjectModule module, Map<String, Content> had, Map<String, Position> stood) {
        this.histories = histories;
        this.module = module;
        this.had = had;
        this.stood = stood;
    }

    /** A table's rows as literals. */
    private record Content(ReferenceTable table, List<String> rows) {}

    /** Remembers what is there before the module's scripts run. */
    static ReferenceRows before(Connection session, Set<String> histories, ProjectModule module) throws SQLException {
        return new ReferenceRows(histories, module, contents(session, histories), positions(session));
    }

    private static Map<String, Content> contents(Connection session, Set<String> histories) throws SQLException {
        Map<String, Content> contents = new LinkedHashMap<>();
        for (ReferenceTable table : ReferenceTable.in(session).values()) {
            if (!histories.contains(table.identity())) {
                contents.put(table.identity(), new Content(table, table.rows(session)));
            }
        }
        return contents;
    }

    /**
     * What puts the new rows in.
     *
     * @param after a session in the same database when the scripts have run
     */
    String script(Connection after, List<Remark> remarks) throws SQLException {
        Map<ReferenceTable, List<String>> added = added(after);
        int count = added.values().stream().mapToInt(List::size).sum();
        if (count > MOST) {
            throw ProblemType.DRAFT_NOT_PROVEN.because(
                    "The scripts of " + module.name() + " put " + count + " rows into "
                            + named(added) + ", more than " + MOST
                            + ", which one script is not to carry. Nothing was written. Leave"
                            + " the module as it is, or take the rows out of its scripts.");
        }
        StringBuilder text = new StringBuilder();
        for (ReferenceTable table : inOrder(added)) {
            insert(table, added.getOrDefault(table, List.of()), text);
        }
        sequences(after, text);
        if (count > 0) {
            remarks.add(Remark.look(
                    module.name(),
                    count + " rows that the old scripts put in are carried: " + named(added)
                            + ". Values that come out otherwise each time, such as now(), are those of today."));
        }
        return text.toString();
    }

    private static String named(Map<ReferenceTable, List<String>> added) {
        return added.entrySet().stream()
                .map(entry ->
                        entry.getKey().identity() + " (" + entry.getValue().size() + ")")
                .collect(Collectors.joining(", "));
    }

    private Map<ReferenceTable, List<String>> added(Connection after) throws SQLException {
        Map<String, Content> left = new LinkedHashMap<>(had);
        Map<ReferenceTable, List<String>> added = new LinkedHashMap<>();
        for (Content now : contents(after, histories).values()) {
            Content old = left.remove(now.table().identity());
            List<String> rows = new ArrayList<>(now.rows());
            if (old != null && !old.rows().isEmpty() && !isWithin(old, now, rows, after)) {
                throw changed(now.table());
            }
            if (!rows.isEmpty()) {
                added.put(now.table(), rows);
            }
        }
        for (Content gone : left.values()) {
            if (!gone.rows().isEmpty()) {
                throw changed(gone.table());
            }
        }
        return added;
    }

    /** Takes the old rows out of those that are there now; false when one is not there as it was. */
    private static boolean isWithin(Content old, Content now, List<String> rows, Connection after) throws SQLException {
        if (old.table().columns().equals(now.table().columns())) {
            return old.rows().stream().allMatch(rows::remove);
        }
        // Columns that were added have a value that the script gives them again.
        boolean isSame = now.table().columns().containsAll(old.table().columns())
                && sorted(old.table().rows(after)).equals(sorted(old.rows()));
        rows.clear();
        return isSame;
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private ProblemException changed(ReferenceTable table) {
        List<String> scripts = Squasher.naming(module, table.name());
        return ProblemType.DRAFT_NOT_PROVEN.because("The scripts of " + module.name()
                + " change rows that were in " + table.identity() + " before them"
                + (scripts.isEmpty() ? "" : " (see " + String.join(", ", scripts) + ")")
                + ", and only new rows can be carried. Nothing was written. Leave this module as it is.");
    }

    /** What foreign keys lead to first, as far as there is such an order. */
    private static List<ReferenceTable> inOrder(Map<ReferenceTable, List<String>> added) {
        List<ReferenceTable> left = new ArrayList<>(added.keySet());
        List<ReferenceTable> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            List<String> open = left.stream().map(ReferenceTable::identity).toList();
            ReferenceTable next = left.stream()
                    .filter(table -> table.needs().stream().noneMatch(open::contains))
                    .findFirst()
                    .orElse(left.get(0));
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static void insert(ReferenceTable table, List<String> rows, StringBuilder text) {
        text.append('\n');
        table.triggers()
                .keySet()
                .forEach(trigger -> text.append("ALTER TABLE ")
                        .append(table.sql())
                        .append(" DISABLE TRIGGER ")
                        .append(quote(trigger))
                        .append(";\n"));
        text.append("INSERT INTO ")
                .append(table.sql())
                .append(table.columns().stream()
                        .map(column -> quote(column))
                        .collect(Collectors.joining(", ", " (", ")")));
        text.append(table.numbered() ? "\nOVERRIDING SYSTEM VALUE VALUES\n    (" : "\nVALUES\n    (");
        text.append(String.join("),\n    (", rows)).append(");\n");
        table.triggers()
                .forEach((trigger, enable) -> text.append("ALTER TABLE ")
                        .append(table.sql())
                        .append(' ')
                        .append(enable)
                        .append(" TRIGGER ")
                        .append(quote(trigger))
                        .append(";\n"));
    }

    /** Where a sequence stands: the number, and whether it was given. */
    private record Position(String last, boolean called) {}

    private void sequences(Connection after, StringBuilder text) throws SQLException {
        for (Map.Entry<String, Position> entry : positions(after).entrySet()) {
            Position now = entry.getValue();
            Position then = stood.get(entry.getKey());
            boolean isMoved = then == null ? now.called() : !then.equals(now);
            if (isMoved) {
                text.append("\nSELECT pg_catalog.setval(")
                        .append(literal(entry.getKey()).strip())
                        .append(", ")
                        .append(now.last())
                        .append(", ")
                        .append(now.called())
                        .append(");\n");
            }
        }
    }

    private static Map<String, Position> positions(Connection session) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(SEQUENCES)) {
            while (row.next()) {
                names.add(quote(row.getString(1)) + "." + quote(row.getString(2)));
            }
        }
        Map<String, Position> positions = new LinkedHashMap<>();
        try (Statement statement = session.createStatement()) {
            for (String name : names) {
                try (ResultSet row = statement.executeQuery("SELECT last_value, is_called FROM " + name)) {
                    row.next();
                    positions.put(name, new Position(row.getString(1), row.getBoolean(2)));
                }
            }
        }
        return positions;
    }
}
