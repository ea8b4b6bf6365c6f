package dev.belay.state;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at databases with a time limit, one look at a database at a time. A server that swallows what it is sent costs one
 * thread, however many callers ask about it; those who come while a look is under way share the next one, so that nobody
 * is told of a state older than the question.
 */
final class Lookout implements AutoCloseable {

    private final Duration limit;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "schema-lookout");
        thread.setDaemon(true);
        return thread;
    });

    Lookout(Duration limit) {
        this.limit = limit;
    }

    /** Begins a look. */
    CompletableFuture<Found> ask(String database, Supplier<Found> look) {
        return lanes.computeIfAbsent(database, name -> new Lane()).ask(look);
    }

    /** What a look found, or that it took too long. */
    Found await(CompletableFuture<Found> asked) {
        try {
            return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Found.trouble(
                    SchemaStatus.UNREACHABLE,
                    "The database did not answer within " + limit.toSeconds()
                            + " s. This says nothing about its schema. Check its server and the network, then ask again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Found.trouble(SchemaStatus.UNREACHABLE, "The look at the database was broken off. Ask again.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a look must not throw", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private final class Lane {

        private CompletableFuture<Found> current =
                CompletableFuture.completedFuture(Found.trouble(SchemaStatus.UNREACHABLE, "Nobody has looked yet."));
        private @Nullable CompletableFuture<Found> next;

        synchronized CompletableFuture<Found> ask(Supplier<Found> look) {
            if (next != null) {
                return next;
            }
            if (current.isDone()) {
                current = CompletableFuture.supplyAsync(look, threads);
                return current;
            }
            next = current.handleAsync((found, thrown) -> begin(look), threads);
            return next;
        }

        private Found begin(Supplier<Found> look) {
            synchronized (this) {
                current = Objects.requireNonNull(next);
                next = null;
            }
            return look.get();
        }
    }
}
