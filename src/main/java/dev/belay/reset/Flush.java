package dev.belay.reset;

import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogReader;
import dev.belay.database.ProjectModule;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Empties all tables in one transaction, which the caller commits. */
final class Flush {

    private final Connection session;
    private final List<ProjectModule> modules;

    Flush(Connection session, List<ProjectModule> modules) {
        this.session = session;
        this.modules = modules;
    }

    private record Trigger(String table, String name, String mode) {}

    /**
     * Does it, and looks that the schema is the same.
     *
     * @param lockTimeout how long each table's lock is waited for
     */
    Flushed run(Duration lockTimeout) throws SQLException {
        session.setAutoCommit(false);
        execute("SET lock_timeout = " + lockTimeout.toMillis());
        Flushed flushed = read();
        if (flushed.tables().isEmpty()) {
            return flushed;
        }
        Catalog before = CatalogReader.read(session);
        List<Trigger> triggers = triggers(flushed);
        for (Trigger trigger : triggers) {
            execute("ALTER TABLE " + trigger.table() + " DISABLE TRIGGER " + trigger.name());
        }
        execute("TRUNCATE " + String.join(", ", flushed.tables()) + " RESTART IDENTITY");
        for (String view : flushed.views()) {
            execute("REFRESH MATERIALIZED VIEW " + view);
        }
        for (Trigger trigger : triggers) {
            execute("ALTER TABLE " + trigger.table() + " ENABLE " + trigger.mode() + "TRIGGER " + trigger.name());
        }
        if (!before.differences(CatalogReader.read(session)).isEmpty()) {
            throw ProblemType.VERIFICATION_FAILED.because(
                    "The schema would not be the same after the flush: something in the database changes it when tables"
                            + " are emptied. All was rolled back, and the database is as it was.");
        }
        return flushed;
    }

    private Flushed read() throws SQLException {
        List<String> tables = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql("tables"))) {
            while (rows.next()) {
                String written = rows.getString(3);
                if (rows.getBoolean(5)) {
                    foreign.add(written);
                } else if (!rows.getBoolean(6) && !isHistory(rows.getString(1), rows.getString(2))) {
                    // Of a table that others inherit from its own rows: a foreign table may be among the others.
                    tables.add((rows.getString(4).equals("r") ? "ONLY " : "") + written);
                }
            }
        }
        return new Flushed(tables, ask(sql("views")), foreign);
    }

    private boolean isHistory(String schema, String table) {
        return modules.stream()
                .anyMatch(module ->
                        module.schema().equals(schema) && module.history().equals(table));
    }

    private List<Trigger> triggers(Flushed flushed) throws SQLException {
        List<String> names = flushed.tables().stream()
                .map(table -> table.replaceFirst("^ONLY ", ""))
                .collect(Collectors.toList());
        List<Trigger> triggers = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql("triggers"))) {
            while (rows.next()) {
                if (names.contains(rows.getString(1))) {
                    triggers.add(new Trigger(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return triggers;
    }

    private List<String> ask(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static String sql(String name) {
        try (InputStream file = Objects.requireNonNull(Flush.class.getResourceAsStream(name + ".sql"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
