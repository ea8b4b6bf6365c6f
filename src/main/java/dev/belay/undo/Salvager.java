package dev.belay.undo;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.postgres.Identifiers;
import dev.belay.rehearsal.SalvagePlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Copies what an undo is about to take away into the schema {@code belay_salvage}, in the undo's own transaction, so that
 * there is a copy exactly when the undo is committed.
 */
final class Salvager {

    private static final int LONGEST_NAME = 63;

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
                    copy(statement, loss);
                }
            }
        }
    }

    /** The table that holds the copy of a loss. */
    String tableOf(SalvagePlan.Loss loss) {
        String name = job.toString().substring(0, 8) + "_" + loss.number() + "_" + loss.table();
        return Identifiers.shortened(name, LONGEST_NAME);
    }

    private void copy(Statement statement, SalvagePlan.Loss loss) throws SQLException {
        Set<String> columns = new LinkedHashSet<>(loss.key());
        columns.addAll(loss.columns());
        String target = quote(SalvagePlan.SCHEMA) + "." + quote(tableOf(loss));
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + SalvagePlan.SCHEMA);
        statement.execute("CREATE TABLE " + target + " AS SELECT "
                + columns.stream().map(Identifiers::quote).collect(Collectors.joining(", "))
                + " FROM " + source(loss));
        statement.execute("COMMENT ON TABLE " + target + " IS "
                + literal(String.format(
                        Locale.ROOT,
                        "What the undo of %s took from %s.%s, copied by Belay's job %s",
                        loss.version(),
                        loss.schema(),
                        loss.table(),
                        job)));
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
