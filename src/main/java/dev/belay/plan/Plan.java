package dev.belay.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belay.audit.Audit;
import dev.belay.catalog.Difference;
import dev.belay.catalog.Relations;
import dev.belay.check.CheckResult;
import dev.belay.database.Environment;
import dev.belay.policy.RiskLevel;
import dev.belay.rules.Finding;
import dev.belay.trace.Blocking;
import dev.belay.trace.TracedStatement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The strategy document of one migration: what will be done, what it was observed to do on a copy of this very database,
 * what is at stake, and how it is taken back. All of it is evidence; nothing is guessed.
 *
 * @param job the migration
 * @param createdAt when it was written; it is of use as long as the policy says
 * @param overview what it is about, in a few figures
 * @param risk how much is at stake, and why
 * @param checklist what has to be so before it is applied
 * @param audit what was counted and asked of the rows that are there
 * @param impact what hangs on the tables that are touched
 * @param scripts what is run, in order, and what takes it back
 * @param schemaChanges the difference between the schema before and after
 * @param blocking how long applications have to wait for which table
 * @param statements what each statement did on the copy
 * @param advice hazards, also those that a comment lets pass
 * @param steps what is done from here on
 * @param waysBack how it is taken back, with measured times
 * @param tests what was tried on the copy
 * @param losses what would be lost on the way forward
 * @param basis what the plan rests on; when any of it changes, the plan is void
 */
@Schema(name = "Plan")
public record Plan(
        UUID job,
        Instant createdAt,
        Overview overview,
        Risk risk,
        List<Item> checklist,
        Audit audit,
        List<Relations> impact,
        List<PlannedScript> scripts,
        List<Difference> schemaChanges,
        List<Blocking> blocking,
        List<TracedStatement> statements,
        List<Finding> advice,
        List<PlannedStep> steps,
        List<WayBack> waysBack,
        Tests tests,
        List<String> losses,
        Basis basis) {

    public Plan {
        checklist = List.copyOf(checklist);
        impact = List.copyOf(impact);
        scripts = List.copyOf(scripts);
        schemaChanges = List.copyOf(schemaChanges);
        blocking = List.copyOf(blocking);
        statements = List.copyOf(statements);
        advice = List.copyOf(advice);
        steps = List.copyOf(steps);
        waysBack = List.copyOf(waysBack);
        losses = List.copyOf(losses);
    }

    /**
     * What it is about.
     *
     * @param scope such as {@code madaris 1 → 2}
     * @param requestedBy who asked for it
     * @param rows of the whole database
     * @param rehearsedMillis how long the way forward took on the copy, in milliseconds
     */
    public record Overview(
            String database,
            Environment environment,
            String project,
            List<String> scope,
            String requestedBy,
            int tables,
            long rows,
            int statements,
            long rehearsedMillis,
            boolean reversible) {}

    /** How much is at stake: the worst of its reasons. */
    public record Risk(RiskLevel level, List<Reason> reasons) {
        public Risk {
            reasons = List.copyOf(reasons);
        }
    }

    /** One reason, and the level that it alone would make. */
    public record Reason(RiskLevel level, String text) {}

    /**
     * A box of the checklist.
     *
     * @param ticked whether the evidence shows it
     * @param evidence what was found
     */
    @Schema(name = "ChecklistItem")
    public record Item(String text, boolean ticked, String evidence) {}

    /**
     * A script, and the one that takes it back; null when there is none.
     *
     * @param undoGenerated whether the rehearsal made that one, and proved it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PlannedScript(
            String module,
            String file,
            String sql,
            @Nullable String undoFile,
            @Nullable String undoSql,
            boolean undoGenerated) {}

    /** Something that is still to be done. */
    public record PlannedStep(String name, String what) {}

    /**
     * A way back.
     *
     * @param method UNDO or RESTORE, as in {@code POST /rollbacks}
     * @param offered whether it can be gone
     * @param request the body for {@code POST /rollbacks}
     * @param millis how long it took when it was tried, in milliseconds; null when it was not
     * @param keeps what becomes of what applications wrote meanwhile
     * @param standby the copy that is kept ready for it; null when none is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WayBack(
            String method,
            boolean offered,
            String request,
            @Nullable Long millis,
            String keeps,
            @Nullable Standby standby) {}

    /**
     * A copy of the backup that is kept ready on the database's own server, so that a restore need not wait for pg_restore.
     *
     * @param bytes what it takes there, as the copy takes that proved the backup
     * @param keptSeconds how long it is kept once the migration has ended
     */
    public record Standby(long bytes, long keptSeconds) {}

    /** What was tried on the copy. */
    @Schema(name = "PlannedTests")
    public record Tests(List<String> done, List<CheckResult> checks) {
        public Tests {
            done = List.copyOf(done);
            checks = List.copyOf(checks);
        }
    }
}
