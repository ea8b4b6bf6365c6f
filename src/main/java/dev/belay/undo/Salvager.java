package dev.belay.undo;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.postgres.Identifiers;
import dev.belay.rehearsal.SalvagePlan;
import dev.belay.salvage.SalvageSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Copies what an undo is about to take away into the schema {@code belay_salvage}, in the undo's own transaction, so that
 * there is a copy exactly when the undo is committed.
 */
final class Salvager {

    private final UUID job;

    Salvager(UUID job) {
        this.job = job;
    }

    /**
     * Copies. The tables are locked first, and the views on them before that, in the order in which a query locks them: so
     * nothing is written in between, and no application is caught in a deadlock.
     */
    void salvage(Connection session, List<SalvagePlan.Loss> losses) throws SQLException {
        if (losses.isEmpty()) {
            return;
        }
        try (Statement statement = session.createStatement()) {
            statement.execute(
                    "LOCK TABLE " + String.join(", ", lockOrder(session, losses)) + " IN ACCESS EXCLUSIVE MODE");
            for (SalvagePlan.Loss loss : losses) {
                if (hasRows(session, loss)) {
                    copy(session, loss);
                }
            }
        }
    }

    /** The table that holds the copy of a loss. */
    String tableOf(SalvagePlan.Loss loss) {
        return SalvageSchema.tableName(job, loss.number(), loss.table());
    }

    private void copy(Connection session, SalvagePlan.Loss loss) throws SQLException {
        Set<String> columns = new LinkedHashSet<>(loss.key());
        columns.addAll(loss.columns());
        SalvageSchema.prepare(session);
        try (Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE " + SalvageSchema.qualified(tableOf(loss)) + " AS SELECT "
                    + columns.stream().map(Identifiers::quote).collect(Collectors.joining(", "))
                    + " FROM " + source(loss));
        }
        SalvageSchema.register(
                session,
                SalvageSchema.Entry.now(
                        tableOf(loss),
                        job,
                        loss.schema() + "." + loss.table(),
                        loss.key(),
                        "What the undo of " + loss.version() + " took away"));
    }

    private static boolean hasRows(Connection session, SalvagePlan.Loss loss) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT FROM " + source(loss) + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static List<String> lockOrder(Connection session, List<SalvagePlan.Loss> losses) throws SQLException {
        List<String> tables = losses.stream().map(Salvager::source).toList();
        try (PreparedStatement statement = session.prepareStatement(SalvagePlan.LOCK_ORDER)) {
            statement.setArray(1, session.createArrayOf("text", tables.toArray()));
            List<String> order = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    order.add(rows.getString(1));
                }
            }
            return order;
        }
    }

    private static String source(SalvagePlan.Loss loss) {
        return quote(loss.schema()) + "." + quote(loss.table());
    }
}
