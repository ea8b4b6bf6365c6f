package dev.belay.approval;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.plan.Basis;
import dev.belay.plan.Durations;
import dev.belay.plan.PlanSeal;
import dev.belay.policy.Policy;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whether a plan still says what would happen: it and its backup are young enough, and what it rests on is the same. */
@ApplicationScoped
class Freshness {

    private final DatabaseRegistry databases;
    private final Clock clock;

    Freshness(DatabaseRegistry databases, Clock clock) {
        this.databases = databases;
        this.clock = clock;
    }

    /**
     * Refuses what is too old.
     *
     * @throws ProblemException PLAN_STALE or BACKUP_STALE
     */
    void requireYoung(Policy policy, PlanSeal plan) {
        requireYoung(ProblemType.PLAN_STALE, "The plan", plan.createdAt(), policy.planAge());
        requireYoung(ProblemType.BACKUP_STALE, "The migration's backup", plan.backupTaken(), policy.backupAge());
    }

    /** What the plan rests on and is no longer the same, as clauses; empty when all of it is. */
    List<String> changes(ManagedDatabase database, Scope scope, PlanSeal plan) throws SQLException {
        return plan.basis().differences(Basis.now(database, databases.project(database), scope));
    }

    private void requireYoung(ProblemType type, String what, Instant made, Duration allowed) {
        Duration age = Duration.between(made, clock.instant());
        if (age.compareTo(allowed) >= 0) {
            throw type.because(what + " is of " + made + " and so " + Durations.shown(age)
                    + " old; the policy of this database allows " + Durations.shown(allowed)
                    + ". After that nobody knows whether what was seen then is still so. The database was not changed."
                    + " Ask for the migration again: it is backed up, rehearsed and planned anew.");
        }
    }
}
