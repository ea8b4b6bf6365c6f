package dev.belay.run;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls a job's beat once a second, on a thread of its own, from start to close. */
final class Heartbeat implements AutoCloseable {

    private final ScheduledExecutorService thread;
    private final Runnable beat;

    Heartbeat(String name, Runnable beat) {
        this.beat = beat;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    void start() {
        // A beat throws nothing: RunningJob.beat turns what goes wrong into a stop or a log line.
        var unused = thread.scheduleWithFixedDelay(beat, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            // A beat that is in the middle of a write must not write after the job's end.
            if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the heartbeat does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
