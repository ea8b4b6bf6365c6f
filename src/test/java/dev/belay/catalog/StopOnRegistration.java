package dev.belay.catalog;

import dev.belay.postgres.Monitor;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Stops the work a moment after it began to wait for the database. */
final class StopOnRegistration implements Monitor {

    final ProblemException stopped = ProblemType.CANCELLED.because("stopped by the test");
    private volatile boolean over;

    @Override
    public void progress(double fraction, String detail) {}

    @Override
    public void check() {
        if (over) {
            throw stopped;
        }
    }

    @Override
    public Registration onStop(Runnable action) {
        CompletableFuture<Void> later = CompletableFuture.runAsync(
                () -> {
                    over = true;
                    action.run();
                },
                CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS));
        return () -> later.cancel(false);
    }
}
