package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.literal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Keeps rows that others still point at from being deleted: a foreign key that cascades would take along rows that no
 * application has deleted.
 */
final class DeleteGuard {

    private final Connection session;
    private final List<ForeignKey> foreignKeys;

    DeleteGuard(Connection session, List<ForeignKey> foreignKeys) {
        this.session = session;
        this.foreignKeys = foreignKeys;
    }

    /** Marks the staged deletions of a table that must not be, and takes the mark from those that now may. */
    void block(Staged table) throws SQLException {
        try (Statement statement = session.createStatement()) {
            int unblocked = statement.executeUpdate(
                    "UPDATE " + table.name() + " SET action = 'DELETE' WHERE action = 'BLOCKED'");
            int staged = unblocked + 1;
            while (staged > 0) {
                staged = 0;
                for (ForeignKey key : foreignKeys) {
                    if (key.parent() == table.oid()) {
                        staged += statement.executeUpdate(blocked(table, key));
                    }
                }
            }
        }
    }

    private static String blocked(Staged table, ForeignKey key) {
        String ofItself = key.child() == table.oid()
                ? " AND NOT EXISTS (SELECT FROM " + table.name() + " d WHERE d.action = 'DELETE' AND "
                        + table.matches("c", "d") + ")"
                : "";
        return "UPDATE " + table.name() + " s SET action = 'BLOCKED', why = "
                + literal("applications deleted it, and it stays: rows of " + key.childTable() + " point at it")
                + " WHERE s.action = 'DELETE' AND EXISTS (SELECT FROM ONLY " + table.table() + " t JOIN "
                + key.childTable() + " c ON " + key.points("c", "t") + " WHERE " + table.matches("t", "s") + ofItself
                + ")";
    }
}
