package dev.belay.audit;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.JobKind;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/**
 * Reads what is at stake and which rows the scripts' own constraints would refuse. What it finds fails no migration: a
 * script may mend the rows itself, which the rehearsal will tell.
 */
@ApplicationScoped
public class AuditStep implements Step {

    private final DatabaseRegistry databases;
    private final AuditConfig config;
    private final Clock clock;

    AuditStep(DatabaseRegistry databases, AuditConfig config, Clock clock) {
        this.databases = databases;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        AuditPlan plan = job.need(AuditPlan.class);
        Scope scope = job.evidence(Scope.class).orElseGet(() -> new Scope(List.of()));
        Audit audit;
        try (AuditSession session = AuditSession.open(database, "belay " + job.jobId(), config, job)) {
            audit = new AuditReader(session, plan, scope, job).read(clock.instant());
        }
        AuditSummary summary = AuditSummary.of(audit);
        job.keep(audit);
        job.result("audit", job.kind() == JobKind.AUDIT ? audit : summary);
        job.detail(summary.shown(audit));
    }
}
