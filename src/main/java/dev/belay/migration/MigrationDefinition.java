package dev.belay.migration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.approval.ApproveStep;
import dev.belay.approval.WindowStep;
import dev.belay.audit.AuditStep;
import dev.belay.backup.BackUpStep;
import dev.belay.backup.BackupCleanup;
import dev.belay.backup.ProveStep;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.JobKind;
import dev.belay.plan.PlanStep;
import dev.belay.rehearsal.RehearseStep;
import dev.belay.run.JobContext;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import dev.belay.standby.StandbyCleanup;
import dev.belay.standby.StandbyStep;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/**
 * inspect → audit → back up → prove → rehearse → plan → approve → standby → window → apply → verify; a dry run ends with the
 * plan, before anybody is asked, and the standby is made where the policy asks for one.
 */
@ApplicationScoped
class MigrationDefinition implements JobDefinition {

    private final List<Step> before;
    private final List<Step> after;
    private final StandbyStep standby;
    private final DatabaseRegistry databases;
    private final BackupCleanup cleanup;
    private final StandbyCleanup standbyCleanup;

    MigrationDefinition(
            InspectStep inspect,
            AuditStep audit,
            BackUpStep backUp,
            ProveStep prove,
            RehearseStep rehearse,
            PlanStep plan,
            ApproveStep approve,
            StandbyStep standby,
            WindowStep window,
            ApplyStep apply,
            VerifyStep verify,
            DatabaseRegistry databases,
            BackupCleanup cleanup,
            StandbyCleanup standbyCleanup) {
        this.before = List.of(inspect, audit, backUp, prove, rehearse, plan);
        this.after = List.of(approve, standby, window, apply, verify);
        this.standby = standby;
        this.databases = databases;
        this.cleanup = cleanup;
        this.standbyCleanup = standbyCleanup;
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
    public List<String> stepNames(JsonNode request) {
        ManagedDatabase database = databases.require(request.path("database").asText());
        return steps(request).stream()
                .filter(step -> step != standby || database.policy().standby())
                .map(Step::name)
                .toList();
    }

    @Override
    public void cleanUp(JobContext job) throws Exception {
        try {
            standbyCleanup.cleanUp(job);
        } finally {
            cleanup.cleanUp(job);
        }
    }
}
