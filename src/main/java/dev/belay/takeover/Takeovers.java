package dev.belay.takeover;

import dev.belay.database.DatabaseRegistry;
import dev.belay.job.DatabaseState;
import dev.belay.migration.Preflight;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseAttributes;
import dev.belay.postgres.DatabaseShape;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.NameSwap;
import dev.belay.postgres.Patient;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** Makes successors, swaps names, and removes what did not come as far. */
@ApplicationScoped
public class Takeovers {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** What belongs to the database itself and would go, or stay, with the replaced one. */
    private static final String IN_THE_WAY = "SELECT string_agg(what, ', ' ORDER BY what) FROM ("
            + "SELECT 'the logical replication slot ' || slot_name FROM pg_replication_slots"
            + " WHERE database = current_database() UNION ALL SELECT 'the subscription ' || subname FROM pg_subscription"
            + " WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())) found(what)";

    private final DatabaseRegistry databases;

    Takeovers(DatabaseRegistry databases) {
        this.databases = databases;
    }

    /**
     * Looks whether the job's database can be replaced, and keeps how.
     *
     * @param word why, part of the names
     * @throws dev.belay.problem.ProblemException PREFLIGHT_REFUSED with what is in the way
     */
    public Takeover prepare(String word, JobContext job) throws SQLException {
        DatabaseAddress live = live(job);
        try (Connection session = live.open();
                DatabaseAdmin admin = new DatabaseAdmin(live.server())) {
            Preflight.requireNoPreparedTransactions(session, live.name());
            Preflight.requireMayCreate(admin, "make the new database beside the old one");
            requireNothingInTheWay(session);
            Takeover takeover = Takeover.of(
                    job.jobId(), word, live.name(), admin.oid(live.name()).orElseThrow());
            requireFree(admin, takeover.successor());
            requireFree(admin, takeover.keptAs());
            job.keep(takeover);
            return takeover;
        }
    }

    private static void requireNothingInTheWay(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(IN_THE_WAY)) {
            row.next();
            if (row.getString(1) != null) {
                throw ProblemType.PREFLIGHT_REFUSED.because("The database has " + row.getString(1)
                        + ", which belongs to it and not to its name. Nothing was changed. Drop it, and set it up again"
                        + " afterwards if the new database is to have it.");
            }
        }
    }

    private static void requireFree(DatabaseAdmin admin, String name) throws SQLException {
        if (admin.exists(name)) {
            throw ProblemType.PREFLIGHT_REFUSED.because("There is a database " + name + " on that server already, and"
                    + " this job needs that name. Nothing was changed. Ask again: another job uses another name.");
        }
    }

    /** An empty successor; one that an earlier attempt left is replaced. */
    public DatabaseAddress create(DatabaseShape shape, JobContext job) throws SQLException {
        Takeover takeover = job.need(Takeover.class);
        DatabaseAddress live = live(job);
        try (DatabaseAdmin admin = new DatabaseAdmin(live.server())) {
            removeSuccessor(admin, takeover, job);
            DatabaseAttributes attributes = DatabaseAttributes.read(admin.session(), takeover.live());
            admin.create(takeover.successor(), shape, attributes.owner());
            attributes.applyTablespace(admin, takeover.successor());
            admin.mark(takeover.successor(), Takeover.mark(job.jobId()));
        }
        return successor(job);
    }

    /** Where the successor is until it takes over. */
    public DatabaseAddress successor(JobContext job) {
        return live(job).server().database(job.need(Takeover.class).successor());
    }

    /**
     * Gives the successor all that belongs to the name, and then the name. From here on the job cannot be cancelled. When it
     * fails, everything is as it was.
     *
     * @param after what the job has done to the database once that is done
     */
    public void swap(DatabaseState after, JobContext job) throws Exception {
        Takeover takeover = job.need(Takeover.class);
        DatabaseAddress live = live(job);
        try (DatabaseAdmin admin = new DatabaseAdmin(live.server())) {
            Preflight.requireNoPreparedTransactions(admin.session(), takeover.live());
            DatabaseAttributes attributes = DatabaseAttributes.read(admin.session(), takeover.live());
            job.keep(attributes);
            attributes.withComment(Takeover.mark(job.jobId())).applyTo(admin, takeover.successor());
            job.passNoReturn();
            try {
                Duration outage = NameSwap.swap(admin, takeover.live(), takeover.keptAs(), takeover.successor());
                job.result("outageMillis", outage.toMillis());
                finish(admin, after, job, "applications were kept out for " + outage.toMillis() + " ms");
            } catch (Exception e) {
                if (!isDoneAfterAll(live, after, job)) {
                    throw e;
                }
            }
        }
    }

    /** By the OIDs it is plain on which side of the swap one is: a half-way does not exist. */
    public void resumeSwap(DatabaseState after, JobContext job) throws Exception {
        Takeover takeover = job.need(Takeover.class);
        try (DatabaseAdmin admin = new DatabaseAdmin(live(job).server())) {
            if (isDone(admin, takeover)) {
                finish(admin, after, job, "the swap was done when the job was taken up again");
                return;
            }
            admin.allowConnections(takeover.live(), true);
        }
        job.databaseIs(DatabaseState.UNCHANGED);
        swap(after, job);
    }

    /** Looks after a failure; the server may be what failed, so it is waited for. */
    private static boolean isDoneAfterAll(DatabaseAddress live, DatabaseState after, JobContext job)
            throws SQLException {
        Takeover takeover = job.need(Takeover.class);
        Patient.open(live.server().maintenance(), PATIENCE, Monitor.none()).close();
        try (DatabaseAdmin admin = new DatabaseAdmin(live.server())) {
            admin.allowConnections(takeover.live(), true);
            if (isDone(admin, takeover)) {
                finish(admin, after, job, "the swap was done, only the answer to it was lost");
                return true;
            }
        }
        job.databaseIs(DatabaseState.UNCHANGED);
        return false;
    }

    private static boolean isDone(DatabaseAdmin admin, Takeover takeover) throws SQLException {
        return admin.oid(takeover.live()).orElse(-1) != takeover.liveOid();
    }

    private static void finish(DatabaseAdmin admin, DatabaseState after, JobContext job, String how)
            throws SQLException {
        job.databaseIs(after);
        Optional<String> comment = job.evidence(DatabaseAttributes.class).map(DatabaseAttributes::comment);
        admin.comment(job.need(Takeover.class).live(), comment.orElse(null));
        job.detail(how);
    }

    /** Drops the replaced database, and only that: it is known by its OID. */
    public void dropReplaced(JobContext job) throws SQLException {
        Takeover takeover = job.need(Takeover.class);
        try (DatabaseAdmin admin = new DatabaseAdmin(live(job).server())) {
            if (admin.oid(takeover.keptAs()).orElse(-1) == takeover.liveOid()) {
                admin.execute("ALTER DATABASE " + Identifiers.quote(takeover.keptAs()) + " IS_TEMPLATE false");
                admin.drop(takeover.keptAs());
            }
        }
    }

    /**
     * Marks the replaced database as the one that is kept, and drops those that earlier jobs have kept under the same mark.
     *
     * @param mark tells for which database and why
     */
    public void keepOnlyThis(String mark, JobContext job) throws SQLException {
        Takeover takeover = job.need(Takeover.class);
        try (DatabaseAdmin admin = new DatabaseAdmin(live(job).server())) {
            if (admin.oid(takeover.keptAs()).orElse(-1) == takeover.liveOid()) {
                admin.mark(takeover.keptAs(), mark);
            }
            for (String kept : admin.marked(mark)) {
                boolean isThis = kept.equals(takeover.keptAs());
                if (!isThis && admin.markOf(kept).filter(mark::equals).isPresent()) {
                    admin.drop(kept);
                }
            }
        }
    }

    /** Removes the successor of a job that did not come as far as the swap; must not leave the live database closed. */
    public void cleanUp(JobContext job) throws SQLException {
        Optional<Takeover> takeover = job.evidence(Takeover.class);
        if (takeover.isEmpty()) {
            return;
        }
        DatabaseAddress live = live(job);
        Patient.open(live.server().maintenance(), PATIENCE, Monitor.none()).close();
        try (DatabaseAdmin admin = new DatabaseAdmin(live.server())) {
            if (!isDone(admin, takeover.get())) {
                if (job.evidence(DatabaseAttributes.class).isPresent()) {
                    admin.allowConnections(takeover.get().live(), true);
                }
                removeSuccessor(admin, takeover.get(), job);
            }
        }
    }

    /** If it has our mark, or none yet: the name was free when the job began. */
    private static void removeSuccessor(DatabaseAdmin admin, Takeover takeover, JobContext job) throws SQLException {
        String mark = Takeover.mark(job.jobId());
        if (admin.markOf(takeover.successor()).map(mark::equals).orElse(true)) {
            admin.drop(takeover.successor());
        }
    }

    private DatabaseAddress live(JobContext job) {
        return databases.require(job.database()).address();
    }
}
