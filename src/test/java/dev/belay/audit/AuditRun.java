package dev.belay.audit;

import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectChecks;
import dev.belay.postgres.Monitor;
import dev.belay.scope.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An audit outside of a job. */
public final class AuditRun {

    private static final AuditConfig PATIENT = new AuditConfig() {
        @Override
        public Duration lockTimeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Duration statementTimeout() {
            return Duration.ofMinutes(10);
        }
    };

    private AuditRun() {}

    public static Audit of(ManagedDatabase database, Scope scope, List<ProjectChecks.Filter> filters)
            throws SQLException {
        AuditPlan plan = new AuditPlan(filters, List.of("public"));
        try (AuditSession session = AuditSession.open(database, "belay audit", PATIENT, Monitor.none())) {
            return new AuditReader(session, plan, scope, Monitor.none()).read(Instant.EPOCH);
        }
    }
}
