package dev.belay.undo;

import dev.belay.backup.BackupEvidence;
import dev.belay.backup.Backups;
import dev.belay.backup.GoldenCopies;
import dev.belay.backup.Manifest;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.Difference;
import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.check.Checks;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.rehearsal.Kept;
import dev.belay.rehearsal.Rehearser;
import dev.belay.rehearsal.SalvagePlan;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.salvage.SalvageSchema;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Takes the versions back on a clone of the database as it is now, and forward again, before it is done for real. */
@ApplicationScoped
class RehearseUndoStep implements Step {

    private static final int SESSIONS = 2;

    /** Any other failure says nothing of what stands on what: a full disk, a server that went away. */
    private static final Set<ProblemType> SCHEMA_SAYS_NO =
            Set.of(ProblemType.REHEARSAL_FAILED, ProblemType.CHECK_FAILED);

    private final DatabaseRegistry databases;
    private final Backups backups;
    private final GoldenCopies golden;

    RehearseUndoStep(DatabaseRegistry databases, Backups backups, GoldenCopies golden) {
        this.databases = databases;
        this.backups = backups;
        this.golden = golden;
    }

    @Override
    public String name() {
        return "rehearse";
    }

    @Override
    public void run(JobContext job) throws Exception {
        Optional<DependentsFirst> taken = taken(job);
        if (taken.isPresent()) {
            takeAlong(taken.get(), job);
        } else {
            alone(job);
        }
        if (job.request(UndoRequest.class).dryRun()) {
            job.finishEarly();
        }
    }

    private static Optional<DependentsFirst> taken(JobContext job) {
        return job.evidence(DependentsFirst.class).filter(DependentsFirst::isTaken);
    }

    private void alone(JobContext job) throws Exception {
        try {
            rehearse(job);
        } catch (ProblemException e) {
            job.check();
            String why = String.valueOf(e.getMessage());
            DependentsFirst taken = job.evidence(DependentsFirst.class)
                    .filter(first -> SCHEMA_SAYS_NO.contains(e.type()))
                    .orElseThrow(() -> new ProblemException(
                            e.type(), why + job.need(Standing.class).advice(), e))
                    .because(why);
            job.keep(taken);
            takeAlong(taken, job);
        }
    }

    /** From here on it is as if all of it had been asked for. */
    private void takeAlong(DependentsFirst taken, JobContext job) throws Exception {
        job.keep(taken.scope());
        job.keep(Standing.NOTHING);
        job.result(
                "scope", taken.scope().parts().stream().map(Scope.Part::shown).toList());
        job.result("takenAlong", Map.of("modules", taken.modules(), "because", String.valueOf(taken.alone())));
        try {
            rehearse(job);
        } catch (ProblemException e) {
            job.check();
            throw new ProblemException(
                    e.type(),
                    e.getMessage() + " This was with " + taken.modules() + " taken back first. Without: "
                            + taken.alone(),
                    e);
        }
    }

    private void rehearse(JobContext job) throws Exception {
        Scope scope = job.need(Scope.class);
        UUID backup = job.need(BackupEvidence.class).backup();
        Manifest manifest = backups.manifest(backup);
        ManagedDatabase copy = databases.require(job.database()).copyAt(golden.cloneOf(backup, "rehearsal", job));
        Rehearser rehearser = new Rehearser(copy, scope.reversed(), job);
        Kept kept = Kept.remember(copy.address(), job);
        long millis = rehearser.back();
        Kept.Outcome rows = kept.compare(copy.address(), job);
        Comparison comparison = new Comparison(scope.modules());
        Fingerprint after = Fingerprinter.take(copy.address(), null, SESSIONS, job);
        Set<String> deletesFrom = Set.copyOf(rehearser.deletesFrom());
        Standing standing = job.need(Standing.class);
        if (!standing.isEmpty()) {
            Checks.onCopy(copy, job);
        }
        rehearser.forward();
        requireSame(comparison, manifest.fingerprint().catalog(), rehearser.catalog());
        job.keep(new UndoRehearsal(
                manifest.fingerprint().catalog(),
                after.catalog(),
                comparison.of(after).tables(),
                deletesFrom));
        tell(job, millis, rows, standing);
    }

    private static void tell(JobContext job, long millis, Kept.Outcome rows, Standing standing) {
        SalvagePlan plan = job.need(SalvagePlan.class);
        job.result(
                "salvaged", plan.losses().stream().map(SalvagePlan.Loss::shown).toList());
        job.detail(String.format(
                Locale.ROOT,
                "%sback %.1f s, forward again to the same schema%s; %s%s",
                taken(job)
                        .map(first -> "not possible alone, so first " + first.modules() + "; ")
                        .orElse(""),
                millis / 1000.0,
                standing.isEmpty() ? "" : ", with " + standing.shown() + " in place",
                rows.shown(),
                plan.losses().isEmpty() ? "" : "; what goes away is copied to " + SalvageSchema.NAME + " first"));
    }

    /** Only then are the undo scripts those of the versions that are applied. */
    private static void requireSame(Comparison comparison, Catalog before, Catalog forwardAgain) {
        List<Difference> differences = comparison.of(before).differences(comparison.of(forwardAgain));
        if (!differences.isEmpty()) {
            throw ProblemType.REHEARSAL_FAILED.because(
                    "Back and forward again does not lead to the schema there is now: "
                            + GoldenCopies.shown(differences)
                            + " This was found on a copy; the database itself was only read."
                            + " Was the schema changed by hand since the migration? Mend that or the undo script, or ask for a"
                            + " rollback with the method RESTORE.");
        }
    }
}
