package dev.belay.job;

import dev.belay.limit.LimitConfig;
import dev.belay.problem.TooManyException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Duration;

/** How many jobs a caller may have that are not over, whichever replicas took them. */
@ApplicationScoped
class Backlog {

    /** The first key of the advisory locks; the second is the caller's. */
    private static final int LOCK = 0x42454C42;

    private static final Duration COME_AGAIN = Duration.ofSeconds(30);

    private final LimitConfig config;
    private final EntityManager entities;

    Backlog(LimitConfig config, EntityManager entities) {
        this.config = config;
        this.entities = entities;
    }

    /**
     * Lets a job be that the current transaction has just written, or has the transaction fail. Until that ends, no other
     * job of the same caller is let in: else two that come at once would not see each other.
     *
     * @throws TooManyException when the caller has too many with it
     */
    void admit(Job job) {
        String caller = job.requestedBy();
        var unused = entities.createNativeQuery("SELECT 1 FROM pg_advisory_xact_lock(?1, hashtext(?2))")
                .setParameter(1, LOCK)
                .setParameter(2, caller)
                .getSingleResult();
        long unfinished = Job.count("requestedBy = ?1 and finishedAt is null", caller);
        if (unfinished > config.jobs()) {
            throw new TooManyException(
                    "The caller " + caller + " has " + (unfinished - 1)
                            + " jobs that are not over, as many as a caller may have.",
                    COME_AGAIN);
        }
    }
}
