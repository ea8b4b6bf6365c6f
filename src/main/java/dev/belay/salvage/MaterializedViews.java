package dev.belay.salvage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Fills the restored copy's materialised views again once rows were carried. */
final class MaterializedViews {

    private final Connection session;

    MaterializedViews(Connection session) {
        this.session = session;
    }

    /** Returns those that could not be; they hold the rows of the backup. */
    List<String> refresh() throws SQLException {
        List<String> failed = new ArrayList<>();
        for (String view : filled()) {
            Savepoint before = session.setSavepoint();
            try (Statement statement = session.createStatement()) {
                statement.execute("REFRESH MATERIALIZED VIEW " + view);
                session.releaseSavepoint(before);
            } catch (SQLException e) {
                if (session.isClosed() || !session.isValid(1)) {
                    throw e;
                }
                session.rollback(before);
                failed.add(view);
            }
        }
        return failed;
    }

    /** In the order in which they were made, which is after those that they read. */
    private List<String> filled() throws SQLException {
        List<String> views = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT oid::pg_catalog.regclass::text FROM pg_catalog.pg_class"
                        + " WHERE relkind = 'm' AND relispopulated ORDER BY oid")) {
            while (rows.next()) {
                views.add(rows.getString(1));
            }
        }
        return views;
    }
}
