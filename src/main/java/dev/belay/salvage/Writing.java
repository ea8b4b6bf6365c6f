package dev.belay.salvage;

import dev.belay.postgres.Monitor;
import dev.belay.salvage.ThreeWay.Action;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Carries out what was decided, in one transaction of the restored database: parents before children, deletes the other way
 * round. PostgreSQL's own constraints say what can be; what they refuse is tried again once everything else is done.
 */
final class Writing {

    /** Data exceptions and integrity constraint violations: the row's own fault, not the statement's or the server's. */
    private static final List<String> REFUSALS = List.of("22", "23", "44", "P0");

    private final Connection session;
    private final Monitor monitor;
    private final List<Staged> parentsFirst = new ArrayList<>();
    private final DeleteGuard guard;
    private final Map<Staged, Result> results = new LinkedHashMap<>();

    Writing(Connection session, List<Staged> staged, Monitor monitor) throws SQLException {
        this.session = session;
        this.monitor = monitor;
        List<ForeignKey> foreignKeys = ForeignKey.read(session);
        this.guard = new DeleteGuard(session, foreignKeys);
        Map<Long, Staged> byOid = new TreeMap<>();
        for (Staged table : staged) {
            byOid.put(table.oid(), table);
            results.put(table, new Result());
        }
        ForeignKey.parentsFirst(foreignKeys, byOid.keySet()).forEach(oid -> parentsFirst.add(byOid.get(oid)));
    }

    /** What became of one table's staged rows. */
    static final class Result {
        private final Map<Long, String> refused = new TreeMap<>();
        private long inserted;
        private long updated;
        private long deleted;

        /** The rows that could not be written, by their numbers, with PostgreSQL's reason. */
        Map<Long, String> refused() {
            return refused;
        }

        long inserted() {
            return inserted;
        }

        long updated() {
            return updated;
        }

        long deleted() {
            return deleted;
        }
    }

    /** Returns when everything that can be is written. Rows whose deletion is blocked stay marked so in the stage. */
    Map<Staged, Result> run() throws SQLException {
        execute("SET CONSTRAINTS ALL IMMEDIATE");
        for (Staged table : parentsFirst) {
            write(table, 1, table.rows());
        }
        deleteAll();
        long left = Long.MAX_VALUE;
        while (refused() > 0 && refused() < left) {
            left = refused();
            for (Staged table : parentsFirst) {
                List<Long> again = List.copyOf(result(table).refused.keySet());
                result(table).refused.clear();
                for (long row : again) {
                    write(table, row, row);
                }
            }
            deleteAll();
        }
        return results;
    }

    private long refused() {
        return results.values().stream()
                .mapToLong(result -> result.refused.size())
                .sum();
    }

    private Result result(Staged table) {
        return Objects.requireNonNull(results.get(table));
    }

    private void deleteAll() throws SQLException {
        List<Staged> childrenFirst = new ArrayList<>(parentsFirst);
        Collections.reverse(childrenFirst);
        for (Staged table : childrenFirst) {
            guard.block(table);
            Result result = result(table);
            attempt(table.delete(), 1, table.rows(), result, rows -> result.deleted += rows);
        }
    }

    private void write(Staged table, long from, long to) throws SQLException {
        Result result = result(table);
        attempt(table.write(Action.INSERT), from, to, result, rows -> result.inserted += rows);
        attempt(table.write(Action.WRITE), from, to, result, rows -> result.updated += rows);
    }

    /** What is refused as a whole is tried in halves, down to the rows that cannot be. */
    private void attempt(String sql, long from, long to, Result result, LongConsumer counter) throws SQLException {
        if (from > to) {
            return;
        }
        monitor.check();
        Savepoint before = session.setSavepoint();
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setLong(1, from);
            statement.setLong(2, to);
            long rows = statement.executeUpdate();
            session.releaseSavepoint(before);
            counter.accept(rows);
        } catch (SQLException e) {
            if (e.getSQLState() == null || !REFUSALS.contains(e.getSQLState().substring(0, 2))) {
                throw e;
            }
            session.rollback(before);
            if (from == to) {
                result.refused.put(from, "refused: " + firstLine(e));
            } else {
                long middle = from + (to - from) / 2;
                attempt(sql, from, middle, result, counter);
                attempt(sql, middle + 1, to, result, counter);
            }
        }
    }

    private static String firstLine(SQLException e) {
        String message = String.valueOf(e.getMessage()).replaceFirst("^ERROR: ", "");
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
