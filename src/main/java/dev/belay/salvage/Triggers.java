package dev.belay.salvage;

import dev.belay.postgres.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Switches an application's triggers off while rows are carried: what they did, they did in the live database, and it is
 * carried like everything else.
 */
final class Triggers {

    private final Connection session;
    private final List<String> switchedOn = new ArrayList<>();

    Triggers(Connection session) {
        this.session = session;
    }

    void switchOff(Staged table) throws SQLException {
        String sql = "SELECT tgname, tgenabled::text FROM pg_catalog.pg_trigger"
                + " WHERE tgrelid = ? AND NOT tgisinternal AND tgenabled <> 'D'";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setLong(1, table.oid());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String trigger = Identifiers.quote(rows.getString(1));
                    execute(String.format(
                            Locale.ROOT, "ALTER TABLE ONLY %s DISABLE TRIGGER %s", table.table(), trigger));
                    switchedOn.add(String.format(
                            Locale.ROOT,
                            "ALTER TABLE ONLY %s ENABLE %sTRIGGER %s",
                            table.table(),
                            mode(rows.getString(2)),
                            trigger));
                }
            }
        }
    }

    void switchOnAgain() throws SQLException {
        for (String statement : switchedOn) {
            execute(statement);
        }
    }

    private static String mode(String enabled) {
        return switch (enabled) {
            case "R" -> "REPLICA ";
            case "A" -> "ALWAYS ";
            default -> "";
        };
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
