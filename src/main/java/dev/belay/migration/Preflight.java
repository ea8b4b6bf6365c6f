package dev.belay.migration;

import dev.belay.backup.ProveStep;
import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What must hold before a job that will change a database begins with anything. */
@ApplicationScoped
public class Preflight {

    private final ProveStep prove;

    Preflight(ProveStep prove) {
        this.prove = prove;
    }

    /**
     * Looks.
     *
     * @throws dev.belay.problem.ProblemException when something does not hold, with what to do about it
     */
    public void check(ManagedDatabase database) throws Exception {
        prove.preflight(database);
        try (Connection session = database.address().open()) {
            requireNoPreparedTransactions(session, database.address().name());
            requireRole(session, database.role());
        }
    }

    /** They hold their locks for as long as nobody decides about them, and would block the name swap too. */
    public static void requireNoPreparedTransactions(Connection session, String database) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(
                "SELECT gid, owner, prepared FROM pg_prepared_xacts WHERE database = ? ORDER BY prepared")) {
            statement.setString(1, database);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add("'" + rows.getString(1) + "' by " + rows.getString(2) + " of " + rows.getString(3));
                }
            }
        }
        if (!found.isEmpty()) {
            throw ProblemType.PREFLIGHT_REFUSED.because("There are prepared transactions in the database: "
                    + String.join(", ", found) + ". They keep their locks until someone decides. Nothing was changed."
                    + " COMMIT PREPARED or ROLLBACK PREPARED them, then ask again.");
        }
    }

    /**
     * What is restored beside the live database needs a new one.
     *
     * @param what it is that Belay could not do, as in "so it cannot restore"
     */
    public static void requireMayCreate(DatabaseAdmin admin, String what) throws SQLException {
        if (!admin.mayCreate()) {
            throw ProblemType.PREFLIGHT_REFUSED.because("Belay's user may not create databases on that server, so it"
                    + " cannot " + what + ". Nothing was changed. ALTER ROLE … CREATEDB.");
        }
    }

    private static void requireRole(Connection session, String role) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(
                "SELECT count(*), bool_or(pg_has_role(rolname, 'MEMBER')) FROM pg_roles WHERE rolname = ?")) {
            statement.setString(1, role);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getInt(1) == 0 || !row.getBoolean(2)) {
                    throw ProblemType.PREFLIGHT_REFUSED.because("Scripts are to run as the role " + role
                            + ", which " + (row.getInt(1) == 0 ? "does not exist" : "Belay's user is no member of")
                            + ". Nothing was changed. Mend the database's role in the configuration, or grant it.");
                }
            }
        }
    }
}
