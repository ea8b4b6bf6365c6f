package dev.belay.restore;

import dev.belay.backup.BackupEvidence;
import dev.belay.backup.Backups;
import dev.belay.backup.GoldenCopies;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.HistoryTable;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.SchemaInspector;
import dev.belay.job.DatabaseState;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.migration.Look;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.problem.ProblemException;
import dev.belay.rehearsal.Rehearser;
import dev.belay.run.JobContext;
import dev.belay.salvage.Merge;
import dev.belay.salvage.Pass;
import dev.belay.salvage.SalvageReport;
import dev.belay.scope.AppliedOrder;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import dev.belay.scope.ScopeFinder;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * Sets up the merges of restores: clones of the backup on which what was migrated since is run again. A merge stays at hand
 * from one step to the next; after a restart it is set up anew.
 */
@ApplicationScoped
class Merges {

    private final DatabaseRegistry databases;
    private final Backups backups;
    private final GoldenCopies golden;
    private final JobJournal journal;
    private final Map<UUID, Prepared> atHand = new ConcurrentHashMap<>();

    Merges(DatabaseRegistry databases, Backups backups, GoldenCopies golden, JobJournal journal) {
        this.databases = databases;
        this.backups = backups;
        this.golden = golden;
        this.journal = journal;
    }

    /**
     * A merge that is set up.
     *
     * @param merge null when nobody can tell what applications wrote
     * @param unknown why it cannot be told; empty when it can
     */
    record Prepared(@Nullable Merge merge, String unknown) {

        SalvageReport carry() throws SQLException {
            return merge == null ? SalvageReport.NOTHING : merge.carry();
        }

        /** Null when there is nothing that can be carried. */
        @Nullable
        Pass begin() throws SQLException {
            return merge == null ? null : merge.begin();
        }
    }

    /** For a copy that was just restored. */
    Prepared begin(JobContext job) throws Exception {
        return atHand(job, false);
    }

    /** The one that an earlier step has begun, or one that finds out what a merge that is gone has carried already. */
    Prepared goOn(JobContext job) throws Exception {
        Prepared prepared = atHand.get(job.jobId());
        return prepared == null ? atHand(job, true) : prepared;
    }

    void forget(UUID job) {
        atHand.remove(job);
    }

    private Prepared atHand(JobContext job, boolean wasBegun) throws Exception {
        Prepared prepared = prepare(job, wasBegun);
        atHand.put(job.jobId(), prepared);
        return prepared;
    }

    private Prepared prepare(JobContext job, boolean wasBegun) throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        ManagedDatabase live = databases.require(job.database());
        Project project = databases.project(live);
        Optional<String> replaced = replacedSince(live, plan);
        if (replaced.isPresent()) {
            return new Prepared(null, replaced.get());
        }
        DatabaseAddress backup = golden.cloneOf(plan.backup(), "backup", job);
        DatabaseAddress reference = backup;
        @Nullable DatabaseAddress again = null;
        try {
            Scope applied = applied(live, project, live.copyAt(backup), plan);
            if (!applied.parts().isEmpty()) {
                reference = migratedClone(live, applied, "reference", job);
                again = migratedClone(live, applied, "again", job);
            }
        } catch (ProblemException e) {
            job.check();
            return new Prepared(null, "What was migrated since cannot be run again on a copy. " + e.getMessage());
        }
        Merge merge = new Merge(
                new Merge.Databases(
                        live.address(),
                        reference,
                        again,
                        backup,
                        live.address().server().database(plan.successor())),
                new Comparison(project.modules()),
                job.jobId(),
                job,
                wasBegun);
        return new Prepared(merge, "");
    }

    /** A migration that broke off half-way does so on the clone, too; what counts is that both have the same schema. */
    private DatabaseAddress migratedClone(ManagedDatabase live, Scope applied, String word, JobContext job)
            throws Exception {
        DatabaseAddress clone = golden.cloneOf(job.need(RestorePlan.class).backup(), word, job);
        Rehearser rehearser = new Rehearser(live.copyAt(clone), applied, job);
        try {
            rehearser.forward();
        } catch (ProblemException e) {
            job.check();
            Comparison comparison = new Comparison(databases.project(live).modules());
            if (!Look.differences(live, comparison, rehearser.catalog()).isEmpty()) {
                throw e;
            }
        }
        return clone;
    }

    /**
     * What the live database's history has beyond that of the backup. The scripts are those that the migration has frozen
     * where it began with this backup, else those that the project has now.
     */
    private Scope applied(ManagedDatabase live, Project project, ManagedDatabase backup, RestorePlan plan)
            throws Exception {
        Map<String, String> targets = new LinkedHashMap<>();
        List<ModuleState> now = SchemaInspector.inspect(live, project);
        List<ModuleState> before = SchemaInspector.inspect(backup, project);
        AppliedOrder order;
        try (Connection session = live.address().open()) {
            order = AppliedOrder.read(session, project.modules());
            for (int i = 0; i < now.size(); i++) {
                String version = now.get(i).current();
                // Scripts up to the baseline were never run by Flyway, so there is nothing to run again.
                Optional<MigrationVersion> baseline =
                        new HistoryTable(project.modules().get(i)).baseline(session);
                String began = Objects.requireNonNullElse(
                        before.get(i).current(),
                        baseline.map(MigrationVersion::getVersion).orElse("0"));
                if (version != null && isAbove(version, began)) {
                    targets.put(now.get(i).module(), version);
                }
            }
        }
        Optional<Scope> frozen = frozen(live, plan)
                .filter(scope -> scope.parts().stream()
                        .allMatch(part -> part.to() == null
                                || part.to().equals(targets.get(part.module().name()))));
        if (frozen.isPresent() && !targets.isEmpty()) {
            return frozen.get();
        }
        return targets.isEmpty() ? new Scope(List.of()) : order.of(ScopeFinder.only(backup, project, targets));
    }

    /** What a reset took away nobody has deleted, and the rows of a refresh are others: there is nothing to compare. */
    private Optional<String> replacedSince(ManagedDatabase live, RestorePlan plan) {
        Instant taken = backups.require(plan.backup(), live.name()).created();
        return Stream.concat(
                        journal.last(live.name(), JobKind.RESET, DatabaseState.EMPTIED).stream(),
                        journal.last(live.name(), JobKind.REFRESH, DatabaseState.REFRESHED).stream())
                .filter(job -> job.finished().orElseThrow().isAfter(taken))
                .findFirst()
                .map(job -> "The database was " + (job.kind() == JobKind.RESET ? "reset" : "refreshed")
                        + " since the backup, by the job " + job.id() + ".");
    }

    private static boolean isAbove(String version, String before) {
        return MigrationVersion.fromVersion(version).compareTo(MigrationVersion.fromVersion(before)) > 0;
    }

    private Optional<Scope> frozen(ManagedDatabase live, RestorePlan plan) {
        return journal.last(live.name(), JobKind.MIGRATION, DatabaseState.MIGRATED)
                .filter(job -> journal.evidence(job.id(), BackupEvidence.class)
                        .filter(evidence -> evidence.backup().equals(plan.backup()))
                        .isPresent())
                .flatMap(job -> journal.evidence(job.id(), Scope.class));
    }
}
