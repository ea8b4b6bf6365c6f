package dev.belay.undo;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import java.nio.charset.StandardCharsets;
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

    static final String SCHEMA = "belay_salvage";

    /** A name has 63 bytes at most; this leaves room for a number. */
    private static final int LONGEST_STEM = 58;

    private final UUID job;

    Salvager(UUID job) {
        this.job = job;
    }

    /**
     * Copies. The tables are locked first, and the views on them before that, in the order in which a query locks them: so
     * nothing is written in between, and no application is caught in a deadlock.
     */
    void salvage(Connection session, List<SalvagePlan.Loss> losses) throws SQLException {
        List<SalvagePlan.Loss> filled = new ArrayList<>();
        for (SalvagePlan.Loss loss : losses) {
            if (hasRows(session, loss)) {
                filled.add(loss);
            }
        }
        if (filled.isEmpty()) {
            return;
        }
        try (Statement statement = session.createStatement()) {
            statement.execute(
                    "LOCK TABLE " + String.join(", ", lockOrder(session, filled)) + " IN ACCESS EXCLUSIVE MODE");
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
            for (SalvagePlan.Loss loss : filled) {
                copy(statement, loss);
            }
        }
    }

    /** Two tables of one name in two schemas, or one that loses something with two versions, have a copy each. */
    private String freeName(Statement statement, SalvagePlan.Loss loss) throws SQLException {
        String stem = job.toString().substring(0, 8) + "_" + loss.table();
        while (stem.getBytes(StandardCharsets.UTF_8).length > LONGEST_STEM) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        String name = stem;
        for (int n = 2; exists(statement, name); n++) {
            name = stem + "_" + n;
        }
        return name;
    }

    private static boolean exists(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "SELECT to_regclass(" + literal(quote(SCHEMA) + "." + quote(name)) + ") IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void copy(Statement statement, SalvagePlan.Loss loss) throws SQLException {
        Set<String> columns = new LinkedHashSet<>(loss.key());
        columns.addAll(loss.columns());
        String target = quote(SCHEMA) + "." + quote(freeName(statement, loss));
        statement.execute("CREATE TABLE " + target + " AS SELECT "
                + columns.stream().map(dev.belay.postgres.Identifiers::quote).collect(Collectors.joining(", "))
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
        String sql = "WITH RECURSIVE v(oid, depth) AS ("
                + "SELECT t::regclass::oid, 0 FROM unnest(?::text[]) t"
                + " UNION SELECT r.ev_class, v.depth + 1 FROM v JOIN pg_catalog.pg_depend d ON d.refobjid = v.oid"
                + " AND d.refclassid = 'pg_class'::regclass AND d.classid = 'pg_rewrite'::regclass"
                + " JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid AND r.ev_class <> v.oid)"
                + " SELECT format('%I.%I', n.nspname, c.relname) FROM v JOIN pg_catalog.pg_class c ON c.oid = v.oid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'r', 'p')"
                + " GROUP BY n.nspname, c.relname ORDER BY max(v.depth) DESC, 1";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
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
