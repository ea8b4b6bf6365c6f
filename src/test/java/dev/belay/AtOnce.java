package dev.belay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Does something with several things at the same time, each in a new thread, which has the test's class loader. Threads of the
 * common pool may have that of an application that an earlier test class has run.
 */
public final class AtOnce {

    private AtOnce() {}

    /** What comes of each, in their order. */
    public static <T, R> List<R> map(List<T> things, Function<T, R> work) {
        ExecutorService threads = Executors.newFixedThreadPool(things.size());
        try {
            List<Future<R>> running = things.stream()
                    .map(thing -> threads.submit(() -> work.apply(thing)))
                    .toList();
            List<R> done = new ArrayList<>();
            for (Future<R> next : running) {
                done.add(next.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
