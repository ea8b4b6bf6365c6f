package dev.belay.standby;

import dev.belay.job.JobJournal;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.problem.ProblemType;
import dev.belay.scratch.Scratch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The standbys there are: in the control database, and on the managed servers with Belay's mark. */
@ApplicationScoped
public class Standbys {

    private static final Logger LOG = Logger.getLogger(Standbys.class);

    private final Scratch scratch;
    private final JobJournal journal;
    private final Clock clock;

    Standbys(Scratch scratch, JobJournal journal, Clock clock) {
        this.scratch = scratch;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * The name of a backup's standby on its server, if it stands there as it was left: complete, with our mark, closed to
     * connections.
     *
     * @param admin of the managed database's server
     */
    public Optional<String> ready(DatabaseAdmin admin, String database, UUID backup) throws SQLException {
        for (Standby standby : of(database)) {
            boolean stands = standby.readyAt != null
                    && standby.backupId.equals(backup)
                    && admin.markOf(standby.name).filter(mark(standby)::equals).isPresent()
                    && !admin.allowsConnections(standby.name);
            if (stands) {
                return Optional.of(standby.name);
            }
        }
        return Optional.empty();
    }

    /** Removes the standbys of a database but for those of migrations that are not over: they may still be applied. */
    public void removeAllOf(DatabaseAdmin admin, String database) throws SQLException {
        for (Standby standby : of(database)) {
            if (journal.isOver(standby.jobId)) {
                remove(admin, standby);
            }
        }
    }

    /** Removes what a job has begun and not completed. */
    public void removeUnready(DatabaseAdmin admin, UUID job) throws SQLException {
        Optional<Standby> begun = find(job).filter(standby -> standby.readyAt == null);
        if (begun.isPresent()) {
            remove(admin, begun.get());
        }
    }

    /**
     * Writes down that a job is about to make one; what an earlier attempt of the job has left of it is removed.
     *
     * @throws dev.belay.problem.ProblemException PREFLIGHT_REFUSED when somebody else's database has the name
     */
    Standby begin(DatabaseAdmin admin, Standby standby) throws SQLException {
        Optional<Standby> earlier = find(standby.jobId);
        if (earlier.isPresent()) {
            remove(admin, earlier.get());
        }
        if (admin.exists(standby.name)) {
            throw ProblemType.PREFLIGHT_REFUSED.because(
                    "There is a database " + standby.name + " on that server already,"
                            + " which is not Belay's, and the standby needs that name. Nothing was changed. Ask again: another job"
                            + " uses another name.");
        }
        add(standby);
        return standby;
    }

    void mark(DatabaseAdmin admin, Standby standby) throws SQLException {
        admin.mark(standby.name, mark(standby));
    }

    /** Closes it; from now on it counts. */
    void complete(DatabaseAdmin admin, Standby standby) throws SQLException {
        admin.allowConnections(standby.name, false);
        admin.terminate(List.of(standby.name), List.of());
        setReady(standby.jobId);
    }

    /**
     * Drops it, if it is what was written down: with our mark, or with none in the moment between its creation and the mark.
     * What somebody has put in its place is left alone.
     */
    void remove(DatabaseAdmin admin, Standby standby) throws SQLException {
        boolean ours = admin.markOf(standby.name).map(mark(standby)::equals).orElse(standby.readyAt == null);
        if (ours) {
            admin.drop(standby.name);
        } else if (admin.exists(standby.name)) {
            LOG.warnf("%s is not the standby that Belay made under that name, so it is left alone", standby.name);
        }
        forget(standby.jobId);
    }

    private String mark(Standby standby) {
        return "belay " + scratch.controlId() + " standby " + standby.jobId + " " + standby.backupId;
    }

    @Transactional
    List<Standby> all() {
        return Standby.listAll();
    }

    @Transactional
    List<Standby> of(String database) {
        return Standby.of(database);
    }

    @Transactional
    Optional<Standby> find(UUID job) {
        return Standby.findByIdOptional(job);
    }

    @Transactional
    void add(Standby standby) {
        standby.persist();
    }

    @Transactional
    void setReady(UUID job) {
        Standby standby = Objects.requireNonNull(Standby.findById(job));
        standby.readyAt = clock.instant();
    }

    @Transactional
    void forget(UUID job) {
        Standby.deleteById(job);
    }
}
