package dev.belay.trace;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Patient;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a backend's locks from another session, again and again: a statement outside of transaction blocks has given its
 * locks back by the time it ends. What it holds for less than a round trip can be missed.
 */
final class LockSampler implements AutoCloseable {

    private static final long FLAT_OUT_NANOS = Duration.ofMillis(200).toNanos();
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Connection session;
    private final int backend;
    private final Map<Long, Set<LockMode>> seen = new HashMap<>();
    private final Thread thread;
    private volatile boolean over;
    private volatile @Nullable SQLException failure;

    private LockSampler(Connection session, int backend) {
        this.session = session;
        this.backend = backend;
        this.thread = new Thread(this::sample, "lock-sampler");
        this.thread.setDaemon(true);
    }

    static LockSampler start(DatabaseAddress database, int backend) throws SQLException {
        Connection session = database.open();
        try {
            LockSampler sampler = new LockSampler(session, backend);
            // the first look is waited for, so that a fast statement finds the sampler at work
            HeldLocks.of(session, backend);
            sampler.thread.start();
            return sampler;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    private void sample() {
        long start = System.nanoTime();
        try {
            while (!over) {
                HeldLocks.of(session, backend)
                        .forEach((oid, modes) -> seen.computeIfAbsent(oid, key -> EnumSet.noneOf(LockMode.class))
                                .addAll(modes));
                if (System.nanoTime() - start > FLAT_OUT_NANOS) {
                    Patient.pause(PAUSE);
                }
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    /** Ends the sampling; returns all that was seen. */
    Map<Long, Set<LockMode>> end() throws SQLException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SQLException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return seen;
    }

    @Override
    public void close() throws SQLException {
        over = true;
        session.close();
    }
}
