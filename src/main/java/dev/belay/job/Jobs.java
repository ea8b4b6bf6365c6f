package dev.belay.job;

import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes orders for jobs, finds and cancels them. The row is committed before a caller hears of the job. */
@ApplicationScoped
public class Jobs {

    /** Longer than a request takes while all is well. */
    private static final Duration IN_FLIGHT = Duration.ofSeconds(5);

    private final Clock clock;
    private final EntityManager entities;
    private final Event<JobSubmitted> submitted;
    private final Backlog backlog;

    Jobs(Clock clock, EntityManager entities, Event<JobSubmitted> submitted, Backlog backlog) {
        this.backlog = backlog;
        this.clock = clock;
        this.entities = entities;
        this.submitted = submitted;
    }

    /**
     * What became of an order.
     *
     * @param replayed whether the job was there already because the request is a repetition
     */
    public record Submission(Job job, boolean replayed) {}

    /**
     * Commits the job's row and its place in the queue.
     *
     * @param idempotencyKey the header as it came; null when there is none
     * @throws dev.belay.problem.TooManyException when the caller has too many jobs that are not over
     */
    @Transactional
    public Submission submit(NewJob order, @Nullable String idempotencyKey) {
        Job job = new Job(order, UUID.randomUUID(), clock.instant());
        if (idempotencyKey == null) {
            queueRow(job);
            backlog.admit(job);
            return new Submission(wake(job), false);
        }
        IdempotencyKey key = IdempotencyKey.of(order, idempotencyKey);
        // The insert waits for a concurrent one with the same key, so that the loser sees the winner's row. The job's
        // row has to exist first, for the foreign key: it goes again when the key turns out to be taken.
        queueRow(job);
        boolean claimed = claimSoon(key, job);
        lockTimeout("DEFAULT");
        if (claimed) {
            backlog.admit(job);
            return new Submission(wake(job), false);
        }
        job.delete();
        return new Submission(replay(key), true);
    }

    /** The same for a job that runs before those of its database which wait in line; in the caller's transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Job submitAhead(NewJob order) {
        return queue(new Job(order, UUID.randomUUID(), clock.instant()).ahead());
    }

    @Transactional
    public Job require(JobKind kind, UUID id) {
        return Job.find(kind, id).orElseThrow(() -> notFound(kind, id));
    }

    @Transactional
    public Job cancel(JobKind kind, UUID id) {
        Job job = locked(kind, id);
        job.requestCancel(clock.instant());
        return job;
    }

    /** Newest first. */
    @Transactional
    public List<Job> list(JobFilter filter, int limit) {
        return Job.<Job>find(filter.query() + " order by number desc", filter.parameters())
                .page(Page.ofSize(limit))
                .list();
    }

    /** The job of a database that runs or is the next to run, else one that waits; empty when there is none. */
    @Transactional
    public Optional<Job> underway(String database) {
        return Turns.next(database, clock.instant()).or(() -> Turns.waiting(database));
    }

    /** The job, which nobody else changes until the caller's transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Job lock(JobKind kind, UUID id) {
        return locked(kind, id);
    }

    /** Lets a waiting job go on, because what it waited for was decided; in the transaction of that decision. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void goOn(Job job) {
        job.goOn(clock.instant());
        wake(job);
    }

    @Transactional
    List<JobEvent> events(UUID id, long after) {
        return JobEvent.after(id, after);
    }

    @Transactional
    boolean isOver(UUID id) {
        return Job.count("id = ?1 and finishedAt is not null", id) > 0;
    }

    private static Job locked(JobKind kind, UUID id) {
        return Job.lock(id).filter(job -> job.kind == kind).orElseThrow(() -> notFound(kind, id));
    }

    private static ProblemException notFound(JobKind kind, UUID id) {
        return ProblemType.NOT_FOUND.because("There is no " + kind.name().toLowerCase(Locale.ROOT) + " job " + id
                + ". GET /" + kind.path() + " lists those there are.");
    }

    private Job queue(Job job) {
        queueRow(job);
        return wake(job);
    }

    private static void queueRow(Job job) {
        job.persistAndFlush();
    }

    private Job wake(Job job) {
        submitted.fire(new JobSubmitted(job.id(), job.database()));
        return job;
    }

    private boolean claimSoon(IdempotencyKey key, Job job) {
        try {
            lockTimeout("'" + IN_FLIGHT.toSeconds() + "s'");
            return claim(key, job);
        } catch (PersistenceException e) {
            if (SqlStates.find(e).filter(SqlStates::isLockTrouble).isEmpty()) {
                throw e;
            }
            throw ProblemType.CONFLICT.because(
                    "A request with the same Idempotency-Key is still being worked on. Nothing was started by this one."
                            + " Send it again in a moment, and it is told what became of the other.",
                    e);
        }
    }

    private void lockTimeout(String time) {
        entities.createNativeQuery("SET LOCAL lock_timeout TO " + time).executeUpdate();
    }

    private boolean claim(IdempotencyKey key, Job job) {
        return entities.createNativeQuery("INSERT INTO idempotency_key (caller, path, key, body, job_id, at)"
                                + " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING")
                        .setParameter(1, key.caller())
                        .setParameter(2, key.path())
                        .setParameter(3, key.key())
                        .setParameter(4, key.body())
                        .setParameter(5, job.id())
                        .setParameter(6, job.createdAt)
                        .executeUpdate()
                == 1;
    }

    private Job replay(IdempotencyKey key) {
        Object[] row = (Object[]) entities.createNativeQuery(
                        "SELECT body, job_id FROM idempotency_key WHERE caller = ?1 AND path = ?2 AND key = ?3")
                .setParameter(1, key.caller())
                .setParameter(2, key.path())
                .setParameter(3, key.key())
                .getSingleResult();
        if (!row[0].equals(key.body())) {
            throw ProblemType.IDEMPOTENCY_KEY_REUSED.because("The Idempotency-Key \"" + key.key()
                    + "\" came before with another body, for job " + row[1]
                    + ". Nothing was started. Send a new key for a new request.");
        }
        return Job.<Job>findByIdOptional(row[1]).orElseThrow();
    }
}
