package dev.belay.plan;

import dev.belay.audit.Audit;
import dev.belay.backup.BackupEvidence;
import dev.belay.backup.Backups;
import dev.belay.backup.Proof;
import dev.belay.backup.ProvenBackup;
import dev.belay.check.CheckResults;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.drift.Drift;
import dev.belay.rehearsal.GeneratedUndos;
import dev.belay.rehearsal.Rehearsal;
import dev.belay.rules.Rules;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Scope;
import dev.belay.script.ScriptSyntax;
import dev.belay.trace.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Writes the plan down and seals it, so that somebody can approve exactly that. */
@ApplicationScoped
public class PlanStep implements Step {

    private final DatabaseRegistry databases;
    private final Backups backups;
    private final PlanDigest digest;
    private final Clock clock;

    PlanStep(DatabaseRegistry databases, Backups backups, PlanDigest digest, Clock clock) {
        this.databases = databases;
        this.backups = backups;
        this.digest = digest;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        Grounds grounds = grounds(database, job);
        Basis basis = Basis.of(database, grounds.scope());
        Plan plan = new Planner(grounds).plan(job, basis, clock.instant());
        String sealed = digest.of(plan);
        job.keep(plan);
        job.keep(new PlanSeal(
                sealed,
                plan.createdAt(),
                grounds.backup().created(),
                plan.risk().level(),
                plan.risk().reasons().stream()
                        .filter(reason -> reason.level() == plan.risk().level())
                        .map(Plan.Reason::text)
                        .toList(),
                grounds.rehearsal().forwardMillis(),
                basis));
        job.result("planDigest", sealed);
        job.result("risk", plan.risk());
        job.detail("risk " + plan.risk().level() + ": " + worst(plan) + "; sealed as " + sealed);
    }

    private Grounds grounds(ManagedDatabase database, JobContext job) throws Exception {
        Scope scope = job.need(Scope.class);
        UUID id = job.need(BackupEvidence.class).backup();
        ProvenBackup backup = backups.require(id, database.name());
        Trace trace = job.need(Trace.class);
        return new Grounds(
                database,
                scope,
                job.need(Audit.class),
                job.evidence(Drift.class).orElse(null),
                backups.manifest(id),
                job.need(Proof.class),
                backup,
                backups.before(backup).orElse(null),
                job.need(Rehearsal.class),
                job.evidence(GeneratedUndos.class).orElse(null),
                trace,
                job.evidence(CheckResults.class).orElse(new CheckResults(List.of(), List.of())),
                Rules.findings(trace, ScriptSyntax.forward(scope)));
    }

    private static String worst(Plan plan) {
        return plan.risk().reasons().stream().map(Plan.Reason::text).findFirst().orElse("nothing was found");
    }
}
