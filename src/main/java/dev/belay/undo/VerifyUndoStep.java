package dev.belay.undo;

import dev.belay.backup.GoldenCopies;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.Difference;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.drift.KnownSchemas;
import dev.belay.migration.Look;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Success is the schema that the rehearsed undo led to. */
@ApplicationScoped
class VerifyUndoStep implements Step {

    private final DatabaseRegistry databases;
    private final KnownSchemas known;

    VerifyUndoStep(DatabaseRegistry databases, KnownSchemas known) {
        this.databases = databases;
        this.known = known;
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        Comparison comparison = new Comparison(job.need(Scope.class).modules());
        Catalog rehearsed = job.need(UndoRehearsal.class).after();
        List<Difference> differences = Look.differences(database, comparison, rehearsed);
        if (!differences.isEmpty()) {
            known.remember(job.database(), job.jobId(), rehearsed);
            throw ProblemType.VERIFICATION_FAILED.because(
                    "The versions are taken back, but the schema is not the one that"
                            + " was rehearsed: " + GoldenCopies.shown(differences)
                            + " Rows were not lost by it. Find out who changed the schema meanwhile.");
        }
        known.remember(database, job.jobId());
        job.detail("the schema is the one that was rehearsed: "
                + comparison.of(rehearsed).objects().size() + " objects equal");
    }
}
