package dev.belay.plan;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.Job;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.job.Jobs;
import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Finds the plan of a migration, and whether it still holds. */
@ApplicationScoped
class Plans {

    private final Jobs jobs;
    private final JobJournal journal;
    private final DatabaseRegistry databases;
    private final Clock clock;

    Plans(Jobs jobs, JobJournal journal, DatabaseRegistry databases, Clock clock) {
        this.jobs = jobs;
        this.journal = journal;
        this.databases = databases;
        this.clock = clock;
    }

    /**
     * Finds a plan.
     *
     * @throws ProblemException NOT_FOUND when there is no such migration, or it has not come as far as its plan
     */
    PlanView require(UUID id) {
        Job job = jobs.require(JobKind.MIGRATION, id);
        Plan plan = journal.evidence(id, Plan.class)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("The migration " + id + " is " + job.state()
                        + " and has no plan" + (job.state().isFinal() ? "" : " yet") + ". GET /migrations/" + id
                        + " says how far it is; a plan is written after the rehearsal."));
        PlanSeal seal = journal.evidence(id, PlanSeal.class).orElseThrow();
        ManagedDatabase database = databases.require(job.database());
        Instant expiry = seal.expiry(database.policy());
        List<String> stale = job.state().isFinal() || job.noReturn() ? List.of() : stale(database, id, seal, expiry);
        return new PlanView(seal.digest(), expiry, stale, plan);
    }

    private List<String> stale(ManagedDatabase database, UUID id, PlanSeal seal, Instant expiry) {
        List<String> reasons = new ArrayList<>();
        if (clock.instant().isAfter(expiry)) {
            reasons.add("it, or the backup that the migration begins with, is older than the policy allows");
        }
        try {
            Scope scope = journal.evidence(id, Scope.class).orElseThrow();
            reasons.addAll(seal.basis().differences(Basis.now(database, databases.project(database), scope)));
        } catch (SQLException e) {
            reasons.add("whether the schema is the same could not be asked: " + SqlStates.message(e));
        } catch (ProblemException e) {
            reasons.add(String.valueOf(e.getMessage()));
        }
        return reasons;
    }
}
