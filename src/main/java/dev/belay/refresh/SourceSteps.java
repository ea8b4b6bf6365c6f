package dev.belay.refresh;

import dev.belay.backup.BackUpStep;
import dev.belay.backup.BackupEvidence;
import dev.belay.backup.Backups;
import dev.belay.backup.ProveStep;
import dev.belay.backup.ProvenBackup;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogReader;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.run.JobContext;
import dev.belay.run.RunConfig;
import dev.belay.run.Step;
import dev.belay.run.TargetHold;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Sees that there is a proven backup of the source: the one that was named, its newest, or a new one. While one is made, no
 * job of the source runs.
 */
@ApplicationScoped
class SourceSteps {

    private final List<Step> steps;

    SourceSteps(BackUp backUp, Prove prove) {
        this.steps = List.of(backUp, prove);
    }

    List<Step> steps() {
        return steps;
    }

    /** Makes one where need be. */
    @ApplicationScoped
    static class BackUp implements Step {

        private final DatabaseRegistry databases;
        private final Backups backups;
        private final BackUpStep maker;
        private final RunConfig config;
        private final Clock clock;

        BackUp(DatabaseRegistry databases, Backups backups, BackUpStep maker, RunConfig config, Clock clock) {
            this.databases = databases;
            this.backups = backups;
            this.maker = maker;
            this.config = config;
            this.clock = clock;
        }

        @Override
        public String name() {
            return "back-up";
        }

        @Override
        public void run(JobContext job) throws Exception {
            ManagedDatabase from =
                    databases.require(job.request(RefreshRequest.class).from());
            Optional<ProvenBackup> there = there(from, job);
            if (there.isPresent()) {
                job.keep(new RefreshSource(there.get().id(), false));
                job.result("backup", there.get().id());
                job.detail("the backup of " + from.name() + " of " + there.get().created() + " is there, proven, with "
                        + there.get().rows() + " rows");
                return;
            }
            try (TargetHold hold = TargetHold.take(from, config, job)) {
                Objects.requireNonNull(hold);
                maker.run(SourceJob.of(job));
            }
            job.keep(new RefreshSource(job.need(BackupEvidence.class).backup(), true));
        }

        private Optional<ProvenBackup> there(ManagedDatabase from, JobContext job) throws Exception {
            RefreshRequest request = job.request(RefreshRequest.class);
            if (request.backup() != null) {
                return Optional.of(backups.require(request.backup(), from.name()));
            }
            Optional<ProvenBackup> last = backups.lastProven(from.name())
                    .filter(backup ->
                            backup.created().plus(from.policy().backupAge()).isAfter(clock.instant()));
            return last.isPresent() && hasSchemaOf(from, last.get()) ? last : Optional.empty();
        }

        /** The newest backup is often the one with which the last migration began. */
        private boolean hasSchemaOf(ManagedDatabase from, ProvenBackup backup) throws Exception {
            Catalog then = backups.manifest(backup.id()).fingerprint().catalog();
            try (Connection session = from.address().open()) {
                return then.differences(CatalogReader.read(session)).isEmpty();
            }
        }
    }

    /** Proves the one that was made. */
    @ApplicationScoped
    static class Prove implements Step {

        private final DatabaseRegistry databases;
        private final ProveStep prove;
        private final RunConfig config;

        Prove(DatabaseRegistry databases, ProveStep prove, RunConfig config) {
            this.databases = databases;
            this.prove = prove;
            this.config = config;
        }

        @Override
        public String name() {
            return "prove";
        }

        @Override
        public void run(JobContext job) throws Exception {
            if (!job.need(RefreshSource.class).made()) {
                job.detail("was proven before");
                return;
            }
            ManagedDatabase from =
                    databases.require(job.request(RefreshRequest.class).from());
            try (TargetHold hold = TargetHold.take(from, config, job)) {
                Objects.requireNonNull(hold);
                prove.run(SourceJob.of(job));
            }
        }
    }
}
