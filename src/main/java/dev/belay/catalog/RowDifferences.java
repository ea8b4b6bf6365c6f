package dev.belay.catalog;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.problem.ProblemType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many rows one table has and another has not; a row that is there twice counts twice.
 *
 * @param onlyLeft rows of the left table that the right one lacks
 * @param onlyRight rows of the right table that the left one lacks
 */
public record RowDifferences(long onlyLeft, long onlyRight) {

    private static final int ROWS_AT_ONCE = 10_000;

    /**
     * Compares the rows of two tables over the columns that they have in common by name. Both sides send their rows'
     * hashes in order, so neither table is ever held in memory.
     *
     * @throws dev.belay.problem.ProblemException when a table cannot be read, and when {@code monitor} stops the work
     */
    public static RowDifferences count(
            DatabaseAddress left,
            TableIdentity leftTable,
            DatabaseAddress right,
            TableIdentity rightTable,
            Monitor monitor) {
        List<String> columns = commonColumns(leftTable, rightTable);
        try (ReadSession leftSession = ReadSession.open(left, null);
                ReadSession rightSession = ReadSession.open(right, null);
                Statement leftStatement = statement(leftSession);
                Statement rightStatement = statement(rightSession)) {
            return count(
                    new Sides(leftStatement, query(leftTable, columns), rightStatement, query(rightTable, columns)),
                    monitor);
        } catch (SQLException e) {
            monitor.check();
            throw ProblemType.DATABASE_ERROR.because(
                    "The rows of " + leftTable.qualifiedName() + " in " + left + " could not be compared with those of "
                            + rightTable.qualifiedName() + " in " + right + ": " + e.getMessage()
                            + ". Nothing was changed.",
                    e);
        }
    }

    private record Sides(Statement left, String leftQuery, Statement right, String rightQuery) {}

    @SuppressWarnings("try") // the registrations are there to be closed
    private static RowDifferences count(Sides sides, Monitor monitor) throws SQLException {
        monitor.check();
        try (Monitor.Registration stopLeft = monitor.onStop(() -> cancel(sides.left));
                Monitor.Registration stopRight = monitor.onStop(() -> cancel(sides.right));
                ResultSet left = sides.left.executeQuery(sides.leftQuery);
                ResultSet right = sides.right.executeQuery(sides.rightQuery)) {
            return merge(left, right, monitor);
        }
    }

    private static RowDifferences merge(ResultSet left, ResultSet right, Monitor monitor) throws SQLException {
        long onlyLeft = 0;
        long onlyRight = 0;
        long seen = 0;
        boolean hasLeft = left.next();
        boolean hasRight = right.next();
        while (hasLeft || hasRight) {
            int order = !hasLeft ? 1 : !hasRight ? -1 : Long.compare(left.getLong(1), right.getLong(1));
            onlyLeft += order < 0 ? 1 : 0;
            onlyRight += order > 0 ? 1 : 0;
            hasLeft = order <= 0 ? left.next() : hasLeft;
            hasRight = order >= 0 ? right.next() : hasRight;
            seen++;
            if (seen % ROWS_AT_ONCE == 0) {
                monitor.check();
                monitor.progress(0, String.format(Locale.ROOT, "%,d rows compared", seen));
            }
        }
        return new RowDifferences(onlyLeft, onlyRight);
    }

    private static List<String> commonColumns(TableIdentity left, TableIdentity right) {
        Set<String> names = right.columns().stream().map(ColumnIdentity::name).collect(Collectors.toSet());
        return left.columns().stream()
                .map(ColumnIdentity::name)
                .filter(names::contains)
                .sorted()
                .toList();
    }

    private static String query(TableIdentity table, List<String> columns) {
        return "SELECT " + TableContents.rowHash(columns) + " FROM ONLY " + table.qualifiedName() + " ORDER BY 1";
    }

    private static Statement statement(ReadSession session) throws SQLException {
        Statement statement = session.connection().createStatement();
        statement.execute("SET LOCAL work_mem = '64MB'");
        statement.setFetchSize(ROWS_AT_ONCE);
        return statement;
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // it is over already, or its session is
        }
    }
}
