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
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.salvage.Pass;
import dev.belay.salvage.SalvageReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives the restored database the live name. Applications are kept out while the last of what they wrote is carried and the
 * names change, and at no other time.
 */
@ApplicationScoped
class SwapStep implements Step {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final DatabaseRegistry databases;
    private final Merges merges;
    private final Clock clock;

    SwapStep(DatabaseRegistry databases, Merges merges, Clock clock) {
        this.databases = databases;
        this.merges = merges;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase live = databases.require(job.database());
        Merges.Prepared prepared = merges.goOn(job);
        swap(live, prepared, job);
    }

    /**
     * By the OIDs it is plain on which side of the swap one is: a half-way does not exist. Before the swap, and with
     * everything carried while applications were kept out all the time since, only the names are left to change; else
     * they are let in, and it begins again.
     */
    @Override
    public void resume(JobContext job) throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        ManagedDatabase live = databases.require(job.database());
        try (DatabaseAdmin admin = new DatabaseAdmin(live.address().server())) {
            if (isSwapped(admin, plan)) {
                finish(admin, live.address(), job, "the swap was done when the job was taken up again");
                return;
            }
            boolean complete = job.evidence(Complete.class)
                    .filter(found -> !found.equals(Complete.NOT_YET))
                    .isPresent();
            if (complete && !admin.allowsConnections(plan.live())) {
                rename(live, admin, job);
                return;
            }
            admin.allowConnections(plan.live(), true);
            job.databaseIs(DatabaseState.UNCHANGED);
            enableSubscriptions(live.address(), job);
        }
        merges.forget(job.jobId());
        Merges.Prepared prepared = merges.goOn(job);
        // What the lost merge had seen is not known any more: all is compared again before applications are kept out.
        prepared.carry();
        swap(live, prepared, job);
    }

    private void swap(ManagedDatabase live, Merges.Prepared prepared, JobContext job) throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        try (DatabaseAdmin admin = new DatabaseAdmin(live.address().server())) {
            Preflight.requireNoPreparedTransactions(admin.session(), plan.live());
            DatabaseAttributes attributes = DatabaseAttributes.read(admin.session(), plan.live());
            job.keep(attributes);
            attributes.withComment(RestoredDatabase.mark(job.jobId())).applyTo(admin, plan.successor());
            carryTheRest(live, prepared, admin, job);
            rename(live, admin, job);
        }
    }

    /** When it fails or is broken off, applications are let in again and nothing has changed for them. */
    private void carryTheRest(ManagedDatabase live, Merges.Prepared prepared, DatabaseAdmin admin, JobContext job)
            throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        job.keep(Complete.NOT_YET);
        disableSubscriptions(live.address(), job);
        try {
            long began;
            SalvageReport report;
            try (@Nullable Pass pass = prepared.begin()) {
                List<Integer> own = pass == null ? List.of() : List.of(pass.livePid());
                began = clock.millis();
                admin.allowConnections(plan.live(), false);
                NameSwap.drain(admin, List.of(plan.live()), own);
                report = pass == null ? SalvageReport.NOTHING : pass.carry();
            }
            LeftBehind left = LeftBehind.by(prepared, report);
            left.requireAccepted(job);
            job.passNoReturn(new Complete(began, report, left.what()));
        } catch (Exception e) {
            letInAgain(live, job, e);
            throw e;
        }
    }

    /** The server may be what failed, so it is waited for: else nobody would let applications in again. */
    private static void letInAgain(ManagedDatabase live, JobContext job, Exception cause) {
        try {
            Patient.open(live.address().server().maintenance(), PATIENCE, Monitor.none())
                    .close();
            try (DatabaseAdmin again = new DatabaseAdmin(live.address().server())) {
                again.allowConnections(job.need(RestorePlan.class).live(), true);
            }
            enableSubscriptions(live.address(), job);
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private void rename(ManagedDatabase live, DatabaseAdmin admin, JobContext job) throws Exception {
        RestorePlan plan = job.need(RestorePlan.class);
        try {
            NameSwap.swap(admin, plan.live(), plan.keptAs(), plan.successor());
            long outage = clock.millis() - job.need(Complete.class).outageBeganMillis();
            job.result("outageMillis", outage);
            finish(admin, live.address(), job, "applications were kept out for " + outage + " ms");
        } catch (Exception e) {
            if (!isSwappedAfterAll(live, plan, job)) {
                throw e;
            }
        }
        merges.forget(job.jobId());
    }

    /** Looks after a failure on which side of the swap the database is. */
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
        }
        enableSubscriptions(live.address(), job);
        job.databaseIs(DatabaseState.UNCHANGED);
        return false;
    }

    static boolean isSwapped(DatabaseAdmin admin, RestorePlan plan) throws SQLException {
        return admin.oid(plan.live()).orElse(-1) != plan.liveOid();
    }

    /** Else their workers would go on in the database that is replaced. */
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
        Complete complete = job.need(Complete.class);
        SalvageStep.tell(complete.report(), complete.leftBehind(), job);
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
