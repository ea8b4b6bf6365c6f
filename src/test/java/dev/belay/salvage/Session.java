package dev.belay.salvage;

import dev.belay.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session as an application has it, on which things may fail. */
final class Session implements AutoCloseable {

    private final Connection connection;
    private @Nullable String failure;

    Session(DatabaseAddress database) throws SQLException {
        this.connection = database.openPlain();
    }

    Connection connection() {
        return connection;
    }

    void execute(List<String> statements) throws SQLException {
        for (String sql : statements) {
            execute(sql);
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + "\n  in: " + sql, e.getSQLState(), e);
        }
    }

    /** Whether all of them went well; none of them did anything when one did not. */
    boolean tries(List<String> statements) throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute(statements);
            connection.commit();
            return true;
        } catch (SQLException e) {
            failure = e.getMessage();
            connection.rollback();
            return false;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Why the last of {@link #tries} that failed did. */
    String failure() {
        return String.valueOf(failure);
    }

    /** All rows, each with all columns as text. */
    List<List<@Nullable String>> ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows = statement.executeQuery(sql)) {
                int width = rows.getMetaData().getColumnCount();
                List<List<@Nullable String>> all = new ArrayList<>();
                while (rows.next()) {
                    List<@Nullable String> row = new ArrayList<>();
                    for (int i = 1; i <= width; i++) {
                        row.add(rows.getString(i));
                    }
                    all.add(row);
                }
                return all;
            }
        }
    }

    /** The first column of all rows, NULLs left out. */
    List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        for (List<@Nullable String> row : ask(sql)) {
            String value = row.get(0);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
