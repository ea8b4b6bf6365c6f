package dev.belay.trace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The locks on relations that one backend holds in its own database, PostgreSQL's own catalog left out. */
final class HeldLocks {

    private static final String HELD =
            "SELECT relation::bigint, mode FROM pg_catalog.pg_locks WHERE pid = ? AND granted"
                    + " AND locktype = 'relation' AND relation >= 16384"
                    + " AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";

    private HeldLocks() {}

    static Map<Long, Set<LockMode>> of(Connection session, int backend) throws SQLException {
        try (PreparedStatement query = session.prepareStatement(HELD)) {
            query.setInt(1, backend);
            Map<Long, Set<LockMode>> held = new HashMap<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    held.computeIfAbsent(rows.getLong(1), oid -> EnumSet.noneOf(LockMode.class))
                            .add(LockMode.of(rows.getString(2)));
                }
            }
            return held;
        }
    }
}
