package dev.belay.draft;

import dev.belay.database.HistoryTable;
import dev.belay.database.ProjectModule;
import dev.belay.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Gives a copy without rows the rows of the history tables, so that Flyway knows on it what is applied. */
final class HistoryRows {

    private HistoryRows() {}

    static void copy(DatabaseAddress from, DatabaseAddress to, List<ProjectModule> modules) throws SQLException {
        try (Connection source = from.open();
                Connection target = to.open()) {
            for (ProjectModule module : modules) {
                HistoryTable history = new HistoryTable(module);
                if (history.exists(source)) {
                    copy(source, target, history.quotedName());
                }
            }
        }
    }

    private static void copy(Connection source, Connection target, String table) throws SQLException {
        try (Statement read = source.createStatement();
                ResultSet rows =
                        read.executeQuery("SELECT to_jsonb(h)::text FROM " + table + " h ORDER BY h.installed_rank");
                PreparedStatement write = target.prepareStatement(
                        "INSERT INTO " + table + " SELECT (jsonb_populate_record(NULL::" + table + ", ?::jsonb)).*")) {
            while (rows.next()) {
                write.setString(1, rows.getString(1));
                write.executeUpdate();
            }
        }
    }
}
