package dev.belay.backup;

import dev.belay.postgres.Monitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Does one thing to many files on all processors. */
final class Parallel {

    private Parallel() {}

    interface Work<T, R> {
        R on(T item) throws IOException;
    }

    /** The results in the order of the items; the first failure ends the rest. */
    static <T, R> List<R> map(List<T> items, Monitor monitor, Work<T, R> work) throws IOException {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            AtomicInteger done = new AtomicInteger();
            List<Future<R>> results = new ArrayList<>();
            for (T item : items) {
                results.add(threads.submit(() -> {
                    monitor.check();
                    R result = work.on(item);
                    int count = done.incrementAndGet();
                    monitor.progress((double) count / items.size(), count + " of " + items.size() + " files");
                    return result;
                }));
            }
            List<R> all = new ArrayList<>();
            for (Future<R> result : results) {
                all.add(result.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw rethrown(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            end(threads);
        }
    }

    /** Waits, so that no file is written to any more when the caller removes the folder. */
    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            var unused = threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static IOException rethrown(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }
}
