package dev.belay.restore;

import dev.belay.postgres.DatabaseAdmin;
import java.sql.SQLException;
import java.util.UUID;

/** The database that a restore puts up on a managed server, marked until it takes over the live name. */
final class RestoredDatabase {

    private RestoredDatabase() {}

    static String mark(UUID job) {
        return "belay restore " + job;
    }

    /**
     * Removes it if it stands under its own name and has our mark, or none yet: the name was free when the job began, and
     * it gets its mark a moment after it is created. What carries the live name is never touched.
     */
    static void remove(DatabaseAdmin admin, RestorePlan plan, UUID job) throws SQLException {
        if (admin.markOf(plan.successor()).map(mark(job)::equals).orElse(true)) {
            admin.drop(plan.successor());
        }
    }
}
