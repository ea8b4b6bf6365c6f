package dev.belay.catalog;

import dev.belay.postgres.Monitor;
import dev.belay.problem.ProblemType;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Has several sessions at one snapshot hash tables from one queue; the first failure ends all. Whoever has opened the sessions
 * cuts them off when the work has to stop.
 */
final class RowHashing {

    private final Queue<RowQuery> queue;
    private final int tables;
    private final Monitor monitor;
    private final SortedMap<String, TableHash> hashes = new ConcurrentSkipListMap<>();
    private final Queue<Statement> running = new ConcurrentLinkedQueue<>();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    RowHashing(List<RowQuery> queries, Monitor monitor) {
        this.queue = new ConcurrentLinkedQueue<>(queries);
        this.tables = queries.size() - 1;
        this.monitor = monitor;
    }

    /** Every query's result, that for {@link RowQuery#LARGE_OBJECTS} among them. */
    SortedMap<String, TableHash> run(List<ReadSession> sessions) {
        ExecutorService threads = Executors.newFixedThreadPool(sessions.size());
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (ReadSession session : sessions) {
                workers.add(threads.submit(() -> drain(session)));
            }
            for (Future<?> worker : workers) {
                await(worker);
            }
        } finally {
            threads.shutdownNow();
        }
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
        return hashes;
    }

    private void drain(ReadSession session) {
        try {
            hashAll(session);
        } catch (RuntimeException e) {
            endAll(e);
        }
    }

    private void hashAll(ReadSession session) {
        try (Statement statement = session.connection().createStatement()) {
            running.add(statement);
            RowQuery query = queue.poll();
            while (query != null && failure.get() == null) {
                monitor.check();
                hash(query, statement);
                query = queue.poll();
            }
        } catch (SQLException e) {
            monitor.check();
            throw ProblemType.DATABASE_ERROR.because(
                    "A session of the fingerprint broke off: " + e.getMessage() + ". Nothing was changed.", e);
        }
    }

    private void hash(RowQuery query, Statement statement) {
        try {
            TableHash hash = query.run(statement);
            hashes.put(query.table(), hash);
            report(hash);
        } catch (SQLException e) {
            monitor.check();
            throw ProblemType.DATABASE_ERROR.because(
                    "The rows of " + query.table() + " could not be read for the fingerprint: " + e.getMessage()
                            + ". Nothing was changed. What cannot be read cannot be proven, so no table is skipped:"
                            + " grant the right to read it, or repair it, then ask again.",
                    e);
        }
    }

    private void report(TableHash hash) {
        long total = rows.addAndGet(hash.rows());
        int done = hashes.containsKey(RowQuery.LARGE_OBJECTS) ? hashes.size() - 1 : hashes.size();
        monitor.progress(
                tables == 0 ? 1 : (double) done / tables,
                String.format(Locale.ROOT, "%d of %d tables, %,d rows", done, tables, total));
    }

    /** The first failure is the cause; those of the others follow from breaking them off. */
    private void endAll(RuntimeException cause) {
        failure.compareAndSet(null, cause);
        running.forEach(RowHashing::cancel);
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // it is over already, or its session is: either way it does not run any more
        }
    }

    private void await(Future<?> worker) {
        try {
            worker.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a worker threw what it should have kept", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            endAll(ProblemType.CANCELLED.because("The fingerprint was interrupted. Nothing was changed.", e));
        }
    }
}
