package dev.belay.undo;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.rehearsal.SalvageFinder;
import dev.belay.rehearsal.SalvagePlan;
import dev.belay.salvage.SalvageSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An undo as the job does it, without the job: what goes away is found on one copy and salvaged on another. */
public final class UndoneCopy {

    private UndoneCopy() {}

    /** What an undo kept of a table, and where. */
    public record Kept(String schema, String table, List<String> key, List<String> columns) {}

    /**
     * Takes a migration back.
     *
     * @return what was kept, by the table of belay_salvage that has it if there was a row to keep
     * @throws SQLException when the script fails; then nothing was changed
     */
    public static Map<String, Kept> undo(DatabaseAddress rehearsed, DatabaseAddress database, List<String> script)
            throws SQLException {
        SalvageFinder finder = new SalvageFinder(rehearsed);
        finder.next("app 2");
        run(rehearsed, script, session -> {});
        SalvagePlan plan = finder.finish();
        Salvager salvager = new Salvager(UUID.randomUUID());
        run(database, script, session -> salvager.salvage(session, plan.of("app 2")));
        Map<String, Kept> kept = new LinkedHashMap<>();
        for (SalvagePlan.Loss loss : plan.losses()) {
            kept.put(
                    SalvageSchema.qualified(salvager.tableOf(loss)),
                    new Kept(loss.schema(), loss.table(), loss.key(), loss.columns()));
        }
        return kept;
    }

    private interface First {
        void run(Connection session) throws SQLException;
    }

    private static void run(DatabaseAddress database, List<String> script, First first) throws SQLException {
        try (Connection session = database.openPlain();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            first.run(session);
            statement.setEscapeProcessing(false);
            for (String sql : script) {
                statement.execute(sql);
            }
            session.commit();
        }
    }
}
