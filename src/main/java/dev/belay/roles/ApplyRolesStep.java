package dev.belay.roles;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectRoles;
import dev.belay.database.Secrets;
import dev.belay.drift.KnownSchemas;
import dev.belay.job.DatabaseState;
import dev.belay.migration.LockRetry;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.script.Leftovers;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the roles and tries them in one transaction: when a role may do more or less than it is declared to, nothing of it
 * has happened.
 */
@ApplicationScoped
class ApplyRolesStep implements Step {

    private final DatabaseRegistry databases;
    private final Secrets secrets;
    private final LockRetry retry;
    private final KnownSchemas known;

    ApplyRolesStep(DatabaseRegistry databases, Secrets secrets, LockRetry retry, KnownSchemas known) {
        this.databases = databases;
        this.secrets = secrets;
        this.retry = retry;
        this.known = known;
    }

    /** That the commit was about to be asked for. */
    record Committing(String shown) {}

    @Override
    public String name() {
        return "apply";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        retry.run(database, job, () -> attempt(database, job), () -> {});
    }

    /** The old session is ended first; whether it had committed is found by looking. */
    @Override
    public void resume(JobContext job) throws Exception {
        Leftovers.endSessions(databases.require(job.database()), job.jobId());
        run(job);
    }

    private void attempt(ManagedDatabase database, JobContext job) throws Exception {
        RolesPlan plan = job.need(RolesPlan.class);
        RolesRequest request = job.request(RolesRequest.class);
        try (RoleSession session = open(database, plan, job)) {
            RoleChanges changes = RoleMaker.make(session, plan, request, password(plan));
            Committing earlier = job.evidence(Committing.class).orElse(null);
            if (earlier != null && !changes.isAny()) {
                made(database, job, earlier.shown());
                return;
            }
            job.databaseIs(DatabaseState.UNCHANGED);
            job.result("roles", changes);
            String tried = tryAll(session, plan, job);
            if (request.isDryRun()) {
                job.detail("tried and rolled back: " + changes.shown() + tried);
            } else if (!changes.isAny()) {
                job.detail(changes.shown() + tried);
                if (request.acceptsDrift()) {
                    known.remember(database, job.jobId());
                }
            } else {
                commit(session, database, job, changes.shown() + tried);
            }
        }
    }

    private static String tryAll(RoleSession session, RolesPlan plan, JobContext job) throws SQLException {
        List<Trial> trials = new Trials(session, Duration.ofMillis(plan.timeoutMillis()), job)
                .tryAll(plan.roles().groups());
        job.result("trials", trials);
        List<Trial> failed = trials.stream().filter(trial -> !trial.passed()).toList();
        if (!failed.isEmpty()) {
            throw ProblemType.CHECK_FAILED.because("The roles were made and tried, and " + failed.size() + " of "
                    + trials.size() + " trials came out otherwise than declared: "
                    + failed.stream().map(Trial::toString).collect(Collectors.joining("; "))
                    + ". Everything was rolled back. Mend the declaration, then ask again.");
        }
        return trials.isEmpty() ? "" : "; " + trials.size() + " trials as declared";
    }

    private void commit(RoleSession session, ManagedDatabase database, JobContext job, String shown) throws Exception {
        job.keep(new Committing(shown));
        job.passNoReturn();
        try {
            session.commit();
        } catch (SQLException e) {
            Leftovers.endSessions(database, job.jobId());
            if (!isMade(database, job)) {
                job.databaseIs(DatabaseState.UNCHANGED);
                throw e;
            }
        }
        made(database, job, shown);
    }

    private void made(ManagedDatabase database, JobContext job, String shown) throws SQLException {
        job.databaseIs(DatabaseState.MIGRATED);
        known.remember(database, job.jobId());
        job.detail(shown);
    }

    /** Whether making it again would change nothing. */
    private boolean isMade(ManagedDatabase database, JobContext job) throws SQLException {
        RolesPlan plan = job.need(RolesPlan.class);
        try (RoleSession session = open(database, plan, job)) {
            return !RoleMaker.make(session, plan, job.request(RolesRequest.class), password(plan))
                    .isAny();
        }
    }

    private RoleSession open(ManagedDatabase database, RolesPlan plan, JobContext job) throws SQLException {
        return RoleSession.open(database, plan.schemas(), "belay " + job.jobId(), retry.lockTimeout(), job);
    }

    private @Nullable String password(RolesPlan plan) {
        ProjectRoles.Superuser superuser = plan.roles().superuser();
        return superuser == null ? null : secrets.require(superuser.passwordFrom());
    }
}
