package dev.belay.relabel;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.DatabaseState;
import dev.belay.migration.LockRetry;
import dev.belay.postgres.TrackedDataSource;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.script.Leftovers;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Changes the history tables, all of them in one transaction. */
@ApplicationScoped
class RelabelStep implements Step {

    private final DatabaseRegistry databases;
    private final LockRetry retry;
    private final SameSchema same;

    RelabelStep(DatabaseRegistry databases, LockRetry retry, SameSchema same) {
        this.databases = databases;
        this.retry = retry;
        this.same = same;
    }

    @Override
    public String name() {
        return "relabel";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        RelabelPlan plan = job.need(RelabelPlan.class);
        job.passNoReturn();
        try {
            retry.run(database, job, () -> change(database, plan, job), () -> {});
        } catch (Exception e) {
            // Whether the commit was done is found by looking.
            Leftovers.endSessions(database, job.jobId());
            if (!isDone(database, plan, job)) {
                job.databaseIs(DatabaseState.UNCHANGED);
                throw e;
            }
        }
        done(plan, job);
    }

    /** The transaction of before may have ended either way. */
    @Override
    public void resume(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        RelabelPlan plan = job.need(RelabelPlan.class);
        Leftovers.endSessions(database, job.jobId());
        if (isDone(database, plan, job)) {
            done(plan, job);
        } else {
            run(job);
        }
    }

    private static boolean isDone(ManagedDatabase database, RelabelPlan plan, JobContext job) throws SQLException {
        RelabelPlan.Part first = plan.parts().get(0);
        History history = new History(first.module());
        try (Connection session = database.address().open()) {
            return plan.takeBack()
                    ? !history.exists(session, first.archive())
                    : history.isArchivedBy(session, first.archive(), job.jobId());
        }
    }

    private void change(ManagedDatabase database, RelabelPlan plan, JobContext job) throws SQLException {
        TrackedDataSource sessions = new TrackedDataSource(database.address(), "belay " + job.jobId());
        try (Connection session = sessions.getConnection();
                Statement statement = session.createStatement()) {
            statement.execute("SET lock_timeout = " + retry.lockTimeout().toMillis());
            statement.execute("SET search_path = ''");
            session.setAutoCommit(false);
            for (RelabelPlan.Part part : plan.parts()) {
                History history = new History(part.module());
                if (plan.takeBack()) {
                    history.takeBack(session, part);
                } else {
                    history.label(session, part, job.jobId());
                }
            }
            same.require(session, plan, database);
            session.commit();
        }
    }

    private static void done(RelabelPlan plan, JobContext job) {
        job.databaseIs(plan.takeBack() ? DatabaseState.ROLLED_BACK : DatabaseState.MIGRATED);
        job.detail(plan.parts().size() + (plan.takeBack() ? " histories are as they were" : " histories re-labelled"));
    }
}
