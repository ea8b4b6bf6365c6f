package dev.belay.rehearsal;

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
import dev.belay.postgres.DatabaseAddress;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import dev.belay.trace.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs the scripts forward, back and forward again on a clone of the copy that proved the backup. Reversible is what leads
 * back to the same schema and the same rows, and forward again to the same schema.
 */
@ApplicationScoped
public class RehearseStep implements Step {

    private static final int SESSIONS = 2;

    private final DatabaseRegistry databases;
    private final Backups backups;
    private final GoldenCopies golden;
    private final ModuleWatch modules;

    RehearseStep(DatabaseRegistry databases, Backups backups, GoldenCopies golden, ModuleWatch modules) {
        this.databases = databases;
        this.backups = backups;
        this.golden = golden;
        this.modules = modules;
    }

    @Override
    public String name() {
        return "rehearse";
    }

    @Override
    public void run(JobContext job) throws Exception {
        Scope scope = job.need(Scope.class);
        UUID backup = job.need(BackupEvidence.class).backup();
        Manifest manifest = backups.manifest(backup);
        DatabaseAddress clone = golden.cloneOf(backup, "rehearsal", job);
        ManagedDatabase copy = databases.require(job.database()).copyAt(clone);
        Rehearsal rehearsal = rehearse(scope, manifest, copy, job);
        job.keep(rehearsal);
        job.result("reversible", rehearsal.reversible());
        job.result("losses", rehearsal.rows().losses());
        job.detail(shown(rehearsal, job.evidence(GeneratedUndos.class)));
    }

    private Rehearsal rehearse(Scope scope, Manifest manifest, ManagedDatabase copy, JobContext job) throws Exception {
        Rehearser rehearser = new Rehearser(copy, scope, job);
        Comparison comparison = new Comparison(scope.modules());
        Kept kept = Kept.remember(copy.address(), job);
        Reviewer reviewer = Reviewer.before(copy, scope);
        Trace trace = modules.forward(rehearser, copy, manifest, job);
        job.keep(trace);
        job.keep(reviewer.after());
        Kept.Outcome rows = kept.compare(copy.address(), job);
        Catalog after = rehearser.catalog();
        Checks.onCopy(copy, job);
        Rehearsal there = new Rehearsal(
                manifest.fingerprint().catalog(),
                after,
                false,
                List.of(),
                rehearser.deletesFrom(),
                rows,
                trace.millis(),
                0);
        if (scope.parts().stream().allMatch(part -> part.withoutUndo().isEmpty() && part.hasOnlyVersions())) {
            long back = rehearser.back();
            requireSame(comparison, manifest.fingerprint(), copy, job);
            long again = rehearser.forward();
            requireSameAgain(comparison.of(after), comparison.of(rehearser.catalog()));
            return there.andBack(rehearser.deletesFrom(), Math.max(trace.millis(), again), back);
        }
        return generated(there, scope, manifest, job);
    }

    /** The way back of versions that have no undo script: made, tried, and offered only if it led back. */
    private Rehearsal generated(Rehearsal there, Scope scope, Manifest manifest, JobContext job) throws Exception {
        if (!scope.parts().stream().allMatch(Scope.Part::hasOnlyVersions)) {
            return there.because(List.of("a repeatable script has no way back but its older text"));
        }
        ManagedDatabase copy = databases.require(job.database()).copyAt(golden.cloneOf(manifest.id(), "reversal", job));
        UndoTrial.Outcome outcome = new UndoTrial(copy, scope, job).run(manifest.fingerprint(), there.after());
        job.keep(outcome.undos());
        return outcome.undos().areProven()
                ? there.andBack(outcome.deletesFrom(), there.forwardMillis(), outcome.backMillis())
                : there.because(outcome.undos().obstacles());
    }

    private static void requireSame(Comparison comparison, Fingerprint golden, ManagedDatabase copy, JobContext job) {
        Fingerprint found = Fingerprinter.take(copy.address(), null, SESSIONS, job);
        List<Difference> differences = comparison.of(golden).differences(comparison.of(found));
        if (!differences.isEmpty()) {
            throw ProblemType.NOT_REVERSIBLE.because("The undo scripts do not lead back to where the migration began: "
                    + GoldenCopies.shown(differences) + " This was found on a copy; the database itself was only read."
                    + " Mend the undo script, or remove it: without one the migration is rehearsed forward only and the"
                    + " way back is a restore.");
        }
    }

    private static void requireSameAgain(Catalog first, Catalog second) {
        List<Difference> differences = first.differences(second);
        if (!differences.isEmpty()) {
            throw ProblemType.REHEARSAL_FAILED.because(
                    "The second time forward led to another schema than the first: " + GoldenCopies.shown(differences)
                            + " This was found on a copy; the database itself was only read.");
        }
    }

    private static String shown(Rehearsal rehearsal, Optional<GeneratedUndos> generated) {
        String forward = String.format(Locale.ROOT, "forward %.1f s", rehearsal.forwardMillis() / 1000.0);
        String way = rehearsal.reversible()
                ? String.format(
                        Locale.ROOT,
                        ", back %.1f s%s, forward again: reversible, same schema and rows",
                        rehearsal.backMillis() / 1000.0,
                        generated
                                .map(undos -> " by generated undo scripts (" + undos.shown() + ")")
                                .orElse(""))
                : "; forward only, the way back is a restore: no undo is offered, because " + rehearsal.whyOneWay();
        return forward + way + "; " + rehearsal.rows().shown();
    }
}
