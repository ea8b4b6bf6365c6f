package dev.belay.migration;

import dev.belay.backup.BackupEvidence;
import dev.belay.backup.GoldenCopies;
import dev.belay.catalog.Difference;
import dev.belay.check.Checks;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.drift.KnownSchemas;
import dev.belay.policy.OnFailure;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.rehearsal.Rehearsal;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Success is the schema that was rehearsed and the project's own checks, not an exit code. */
@ApplicationScoped
class VerifyStep implements Step {

    private final DatabaseRegistry databases;
    private final KnownSchemas known;
    private final MigrationConfig config;

    VerifyStep(DatabaseRegistry databases, KnownSchemas known, MigrationConfig config) {
        this.databases = databases;
        this.known = known;
        this.config = config;
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        try {
            verify(database, job);
        } catch (ProblemException e) {
            if (e.type() != ProblemType.VERIFICATION_FAILED || database.policy().onFailure() != OnFailure.ROLL_BACK) {
                throw e;
            }
            job.keep(new AutomaticWayBack(
                    job.need(Rehearsal.class).reversible(),
                    job.need(BackupEvidence.class).backup()));
            throw new ProblemException(
                    e.type(),
                    e.getMessage() + " As the policy says (on-failure), Belay takes the migration back by itself: the"
                            + " link rollback leads to that job.",
                    e);
        }
    }

    private void verify(ManagedDatabase database, JobContext job) throws Exception {
        Scope scope = job.need(Scope.class);
        Rehearsal rehearsal = job.need(Rehearsal.class);
        Look look = Look.at(database, scope, rehearsal.before());
        Comparison comparison = new Comparison(scope.modules());
        List<Difference> differences = Look.differences(database, comparison, rehearsal.after());
        if (look.kind() != Look.Kind.DONE || !differences.isEmpty()) {
            known.remember(job.database(), job.jobId(), rehearsal.after());
            throw ProblemType.VERIFICATION_FAILED.because(
                    "The migration is applied, but the schema is not the one that"
                            + " was rehearsed: " + look.detail() + GoldenCopies.shown(differences)
                            + " Rows were not lost by it. Find out who changed the schema meanwhile; POST /rollbacks leads back.");
        }
        known.remember(database, job.jobId());
        String checked = Checks.onDatabase(database, config.lockTimeout(), job);
        int objects = comparison.of(rehearsal.after()).objects().size();
        job.detail("the schema is the one that was rehearsed: " + objects + " objects equal" + checked);
    }
}
