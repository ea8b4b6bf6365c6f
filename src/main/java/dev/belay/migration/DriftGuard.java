package dev.belay.migration;

import dev.belay.database.ManagedDatabase;
import dev.belay.database.Project;
import dev.belay.drift.Drift;
import dev.belay.drift.KnownSchemas;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Looks whether somebody has changed the schema since the last job, before anything is built upon it. */
@ApplicationScoped
class DriftGuard {

    private final KnownSchemas known;

    DriftGuard(KnownSchemas known) {
        this.known = known;
    }

    /**
     * The drift with which the migration goes on; it becomes part of the job's result.
     *
     * @throws dev.belay.problem.ProblemException SCHEMA_DRIFTED when there is one, the database's policy is to stop, and the
     *     request does not accept it
     */
    Optional<Drift> look(ManagedDatabase database, Project project, JobContext job) throws Exception {
        Optional<Drift> found = known.drift(database, project.modules()).filter(Drift::isThere);
        found.ifPresent(drift -> {
            job.keep(drift);
            job.result("drift", drift);
            if (drift.stops() && !job.request(MigrationRequest.class).acceptsDrift()) {
                throw ProblemType.SCHEMA_DRIFTED.because(
                        "The schema was changed since the job " + drift.job()
                                + " left it, by somebody else: " + drift.shown()
                                + ". Nothing was changed now. Find out who did it; take it back, or bring it into the project as a"
                                + " script; or ask again with \"acceptDrift\": true, which takes the schema as it is for known.");
            }
        });
        return found;
    }

    /** Takes the schema as it is for known. */
    void accept(ManagedDatabase database, JobContext job) throws Exception {
        known.remember(database, job.jobId());
    }

    /** One clause for a person; empty without drift. */
    static String clause(Optional<Drift> drift) {
        return drift.map(found -> "; the schema is not as the last job left it: " + found.firstFew())
                .orElse("");
    }
}
