package dev.belay.refresh;

import dev.belay.backup.Backups;
import dev.belay.backup.GoldenCopies;
import dev.belay.backup.Manifest;
import dev.belay.catalog.Difference;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.masking.MaskingReport;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.problem.ProblemType;
import dev.belay.rehearsal.Rehearser;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Scope;
import dev.belay.scope.ScopeFinder;
import dev.belay.scratch.ScratchServer;
import dev.belay.takeover.Takeovers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** mask → restore → migrate: the copy, before it has the name. */
@ApplicationScoped
class CopySteps {

    private final List<Step> steps;

    CopySteps(Mask mask, Restore restore, Migrate migrate) {
        this.steps = List.of(mask, restore, migrate);
    }

    List<Step> steps() {
        return steps;
    }

    /** On the scratch server. */
    @ApplicationScoped
    static class Mask implements Step {

        private final MaskedCopies copies;

        Mask(MaskedCopies copies) {
            this.copies = copies;
        }

        @Override
        public String name() {
            return "mask";
        }

        @Override
        public void run(JobContext job) throws Exception {
            MaskingReport report = copies.make(job);
            job.detail(String.format(
                    Locale.ROOT,
                    "%,d values in %d columns of %d tables masked, every rule looked at afterwards, keys and row counts"
                            + " as in the backup%s",
                    report.values(),
                    report.columns().size(),
                    report.tables(),
                    report.waived().isEmpty() ? "" : "; left as they are: " + String.join(", ", report.waived())));
        }
    }

    /** Beside the database that is refreshed. */
    @ApplicationScoped
    static class Restore implements Step {

        private final MaskedCopies copies;
        private final ScratchServer scratch;
        private final Backups backups;
        private final GoldenCopies golden;
        private final Takeovers takeovers;

        Restore(MaskedCopies copies, ScratchServer scratch, Backups backups, GoldenCopies golden, Takeovers takeovers) {
            this.copies = copies;
            this.scratch = scratch;
            this.backups = backups;
            this.golden = golden;
            this.takeovers = takeovers;
        }

        @Override
        public String name() {
            return "restore";
        }

        @Override
        public void run(JobContext job) throws Exception {
            MaskedCopy masked = copies.need(job);
            Manifest manifest = backups.manifest(job.need(RefreshSource.class).backup());
            DatabaseAddress copy = scratch.address().database(masked.name());
            MissingRoles.refuse(copy, takeovers.successor(job).server());
            DatabaseAddress successor = takeovers.create(manifest.shape(), job);
            golden.carry(copy, manifest, successor, job);
            List<Difference> differences = masked.fingerprint().differences(golden.fingerprint(successor, job));
            if (!differences.isEmpty()) {
                throw ProblemType.VERIFICATION_FAILED.because("The masked copy did not arrive as it was: "
                        + GoldenCopies.shown(differences) + " It is removed, and the database is as it was.");
            }
            job.detail(successor.name() + ": " + masked.fingerprint().tables().size()
                    + " tables, equal to the masked copy");
        }
    }

    /** Forward, on the copy. */
    @ApplicationScoped
    static class Migrate implements Step {

        private final DatabaseRegistry databases;
        private final Takeovers takeovers;

        Migrate(DatabaseRegistry databases, Takeovers takeovers) {
            this.databases = databases;
            this.takeovers = takeovers;
        }

        @Override
        public String name() {
            return "migrate";
        }

        @Override
        public void run(JobContext job) throws Exception {
            ManagedDatabase database = databases.require(job.database());
            ManagedDatabase copy = database.copyAt(takeovers.successor(job));
            Scope scope = ScopeFinder.find(copy, databases.project(database), Map.of());
            job.result("scope", scope.parts().stream().map(Scope.Part::shown).toList());
            if (scope.parts().isEmpty()) {
                job.detail("nothing is pending");
                return;
            }
            long millis = new Rehearser(copy, scope, job).forward();
            job.detail(String.format(Locale.ROOT, "%s, applied in %.1f s", scope.shown(), millis / 1e3));
        }
    }
}
