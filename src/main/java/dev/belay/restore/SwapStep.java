package dev.belay.restore;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.DatabaseState;
import dev.belay.migration.Preflight;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseAttributes;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.NameSwap;
import dev.belay.postgres.Patient;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gives the restored database the live name. The one moment in which applications are kept out. */
@ApplicationScoped
class SwapStep implements Step {

    private static final int COUNTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final DatabaseRegistry databases;
    private final CountLossStep countLoss;

    SwapStep(DatabaseRegistry databases, CountLossStep countLoss) {
        this.databases = databases;
        this.countLoss = countLoss;
    }

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public void run(JobContext job) throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        ManagedDatabase live = databases.require(job.database());
        try (DatabaseAdmin admin = new DatabaseAdmin(live.address().server())) {
            Preflight.requireNoPreparedTransactions(admin.session(), plan.live());
            DatabaseAttributes attributes = DatabaseAttributes.read(admin.session(), plan.live());
            job.keep(attributes);
            attributes.withComment(RestoredDatabase.mark(job.jobId())).applyTo(admin, plan.successor());
            job.passNoReturn();
            job.databaseIs(DatabaseState.INDETERMINATE);
            try {
                disableSubscriptions(live.address(), job);
                Duration outage = swap(live, plan, admin, job);
                finish(admin, live.address(), job, "applications were kept out for " + outage.toMillis() + " ms");
            } catch (Exception e) {
                if (!isSwappedAfterAll(live, plan, job)) {
                    throw e;
                }
            }
        }
    }

    /** By the OIDs it is plain on which side of the swap one is: a half-way does not exist. */
    @Override
    public void resume(JobContext job) throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        ManagedDatabase live = databases.require(job.database());
        try (DatabaseAdmin admin = new DatabaseAdmin(live.address().server())) {
            if (isSwapped(admin, plan)) {
                finish(admin, live.address(), job, "the swap was done when the job was taken up again");
                return;
            }
            admin.allowConnections(plan.live(), true);
            enableSubscriptions(live.address(), job);
        }
        run(job);
    }

    private Duration swap(ManagedDatabase live, RestorePlan plan, DatabaseAdmin admin, JobContext job)
            throws Exception {
        if (job.request(RestoreRequest.class).acceptLoss()) {
            return NameSwap.swap(admin, plan.live(), plan.keptAs(), plan.successor());
        }
        for (int counted = 1; counted <= COUNTS; counted++) {
            Optional<Duration> outage = swapIfNobodyWrote(live, plan, admin, job);
            if (outage.isPresent()) {
                return outage.get();
            }
            countLoss.requireAccepted(countLoss.count(job), job);
        }
        throw ProblemType.LOSS_NOT_ACCEPTED.because(
                "Applications kept writing while the restore was prepared, so it would"
                        + " leave rows behind. They were let in again and nothing was changed. Stop the writers and ask again, or"
                        + " say \"acceptLoss\": true.");
    }

    /**
     * Keeps applications out, then looks whether the server has counted a row change since the comparison: sessions report
     * theirs when they end at the latest. If it has, they are let in again.
     */
    private static Optional<Duration> swapIfNobodyWrote(
            ManagedDatabase live, RestorePlan plan, DatabaseAdmin admin, JobContext job) throws SQLException {
        long start = System.nanoTime();
        try (Connection inside = live.address().open()) {
            admin.allowConnections(plan.live(), false);
            NameSwap.drain(admin, plan.live(), List.of(pid(inside)));
            if (LossCounter.writes(inside) != job.need(Loss.class).writesSeen()) {
                admin.allowConnections(plan.live(), true);
                return Optional.empty();
            }
        } catch (SQLException | RuntimeException e) {
            admin.allowConnections(plan.live(), true);
            throw e;
        }
        NameSwap.swap(admin, plan.live(), plan.keptAs(), plan.successor());
        return Optional.of(Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * Looks after a failure on which side of the swap the database is. The failure may be that the server went away, so it
     * is waited for: else nobody would let applications in again.
     */
    private static boolean isSwappedAfterAll(ManagedDatabase live, RestorePlan plan, JobContext job)
            throws SQLException {
        Patient.open(live.address().server().maintenance(), PATIENCE, Monitor.none())
                .close();
        try (DatabaseAdmin admin = new DatabaseAdmin(live.address().server())) {
            admin.allowConnections(plan.live(), true);
            if (isSwapped(admin, plan)) {
                finish(admin, live.address(), job, "the swap was done, only the answer to it was lost");
                return true;
            }
            enableSubscriptions(live.address(), job);
        }
        job.databaseIs(DatabaseState.UNCHANGED);
        return false;
    }

    private static int pid(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    static boolean isSwapped(DatabaseAdmin admin, RestorePlan plan) throws SQLException {
        return admin.oid(plan.live()).orElse(-1) != plan.liveOid();
    }

    private static void disableSubscriptions(DatabaseAddress live, JobContext job) throws SQLException {
        try (Connection session = live.open()) {
            Subscriptions subscriptions = Subscriptions.read(session);
            job.keep(subscriptions);
            subscriptions.disable(live);
        }
    }

    static void enableSubscriptions(DatabaseAddress live, JobContext job) throws SQLException {
        Optional<Subscriptions> subscriptions = job.evidence(Subscriptions.class);
        if (subscriptions.isPresent()) {
            subscriptions.get().enableAgain(live);
        }
    }

    private static void finish(DatabaseAdmin admin, DatabaseAddress live, JobContext job, String how)
            throws SQLException {
        RestorePlan plan = job.need(RestorePlan.class);
        job.databaseIs(DatabaseState.RESTORED);
        Optional<String> comment = job.evidence(DatabaseAttributes.class).map(DatabaseAttributes::comment);
        admin.comment(plan.live(), comment.orElse(null));
        Optional<Subscriptions> subscriptions = job.evidence(Subscriptions.class);
        if (subscriptions.isPresent()) {
            job.result("subscriptions", subscriptions.get().carry(admin, plan.liveOid(), live));
        }
        job.result("keptAs", plan.keptAs());
        job.detail(how + "; the database as it was is kept as " + plan.keptAs() + ", closed to connections");
    }
}
