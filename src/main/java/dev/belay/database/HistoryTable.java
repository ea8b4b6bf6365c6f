package dev.belay.database;

import dev.belay.postgres.Identifiers;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;

/** A module's schema history table, where Flyway's own view of it is not enough. */
public final class HistoryTable {

    private final ProjectModule module;

    public HistoryTable(ProjectModule module) {
        this.module = module;
    }

    /** Its qualified name, quoted where PostgreSQL needs it or not. */
    public String quotedName() {
        return Identifiers.quote(module.schema()) + "." + Identifiers.quote(module.history());
    }

    public boolean exists(Connection session) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, quotedName());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /**
     * Refuses a history with undo rows as a paid edition of Flyway writes them: the free edition fails on them or, worse,
     * misreads them.
     */
    void refuseUndoRows(Connection session) throws SQLException {
        if (!exists(session)) {
            return;
        }
        List<String> found = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT installed_rank, coalesce(version, '-'), type FROM "
                        + quotedName() + " WHERE type LIKE 'UNDO%' ORDER BY installed_rank")) {
            while (rows.next()) {
                found.add("rank " + rows.getInt(1) + ": " + rows.getString(3) + " of version " + rows.getString(2));
            }
        }
        if (!found.isEmpty()) {
            throw ProblemType.HISTORY_NOT_USABLE.because("The history table " + quotedName()
                    + " has undo rows that a paid edition of Flyway wrote (" + String.join("; ", found)
                    + "). Flyway's free edition, which Belay uses, cannot read such a history. Nothing was changed."
                    + " Have the row of each undone version and its undo row removed, then ask again.");
        }
    }

    /**
     * Records, in the session's transaction, that a version was taken back. Flyway's free edition writes such a row itself
     * when a missing migration is repaired, and from then on sees the version as pending; the history is kept whole.
     */
    public void recordUndone(Connection session, MigrationVersion version, long milliseconds) throws SQLException {
        String sql = "INSERT INTO " + quotedName()
                + " (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)"
                + " SELECT (SELECT max(installed_rank) + 1 FROM " + quotedName() + "), version, description, 'DELETE',"
                + " script, checksum, current_user, ?, true FROM " + quotedName()
                + " WHERE version = ? AND success AND type NOT IN ('DELETE', 'SCHEMA')"
                + " ORDER BY installed_rank DESC LIMIT 1";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setInt(1, (int) Math.min(milliseconds, Integer.MAX_VALUE));
            statement.setString(2, version.getVersion());
            if (statement.executeUpdate() != 1) {
                throw new SQLException(quotedName() + " has no row of version " + version);
            }
        }
    }

    /** Removes the row of a failed script whose effects are gone. */
    public void removeFailed(Connection session) throws SQLException {
        if (exists(session)) {
            try (Statement statement = session.createStatement()) {
                statement.execute("DELETE FROM " + quotedName() + " WHERE NOT success");
            }
        }
    }
}
