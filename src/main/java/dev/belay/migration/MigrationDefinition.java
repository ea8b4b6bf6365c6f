package dev.belay.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.approval.ApproveStep;
import dev.belay.approval.WindowStep;
import dev.belay.audit.AuditStep;
import dev.belay.backup.BackUpStep;
import dev.belay.backup.BackupCleanup;
import dev.belay.backup.ProveStep;
import dev.belay.job.JobKind;
import dev.belay.plan.PlanStep;
import dev.belay.rehearsal.RehearseStep;
import dev.belay.run.JobContext;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/**
 * inspect → audit → back up → prove → rehearse → plan → approve → window → apply → verify; a dry run ends with the plan, before
 * anybody is asked.
 */
@ApplicationScoped
class MigrationDefinition implements JobDefinition {

    private final List<Step> before;
    private final List<Step> after;
    private final BackupCleanup cleanup;

    MigrationDefinition(
            InspectStep inspect,
            AuditStep audit,
            BackUpStep backUp,
            ProveStep prove,
            RehearseStep rehearse,
            PlanStep plan,
            ApproveStep approve,
            WindowStep window,
            ApplyStep apply,
            VerifyStep verify,
            BackupCleanup cleanup) {
        this.before = List.of(inspect, audit, backUp, prove, rehearse, plan);
        this.after = List.of(approve, window, apply, verify);
        this.cleanup = cleanup;
    }

    @Override
    public JobKind kind() {
        return JobKind.MIGRATION;
    }

    @Override
    public List<Step> steps(JsonNode request) {
        return request.path("dryRun").asBoolean()
                ? before
                : Stream.concat(before.stream(), after.stream()).toList();
    }

    @Override
    public void cleanUp(JobContext job) throws Exception {
        cleanup.cleanUp(job);
    }
}
