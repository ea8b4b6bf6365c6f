package dev.belay.refresh;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.ServerAddress;
import dev.belay.problem.ProblemType;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The roles that own something in a copy or may do something there have to be where it goes. */
final class MissingRoles {

    private static final String NEEDED =
            "SELECT DISTINCT r.rolname FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid"
                    + " WHERE d.refclassid = 'pg_authid'::regclass AND d.dbid = (SELECT oid FROM pg_database"
                    + " WHERE datname = current_database()) ORDER BY 1";

    private MissingRoles() {}

    /**
     * Refuses.
     *
     * @throws dev.belay.problem.ProblemException PREFLIGHT_REFUSED with the roles that are missing
     */
    static void refuse(DatabaseAddress copy, ServerAddress server) throws SQLException {
        List<String> missing = new ArrayList<>();
        try (Connection here = copy.open();
                Statement statement = here.createStatement();
                ResultSet needed = statement.executeQuery(NEEDED);
                Connection there = server.maintenance().open()) {
            List<String> names = new ArrayList<>();
            while (needed.next()) {
                names.add(needed.getString(1));
            }
            Array array = there.createArrayOf("text", names.toArray());
            try (PreparedStatement ask = there.prepareStatement(
                    "SELECT n FROM unnest(?) n WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = n) ORDER BY n")) {
                ask.setArray(1, array);
                try (ResultSet rows = ask.executeQuery()) {
                    while (rows.next()) {
                        missing.add(rows.getString(1));
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            throw ProblemType.PREFLIGHT_REFUSED.because("In the backup things belong to, or are granted to, roles that "
                    + server + " does not have: " + String.join(", ", missing)
                    + ". Nothing has left the scratch server; the database is as it was. CREATE ROLE them there (they need"
                    + " no login), then ask again.");
        }
    }
}
