package dev.belay.stage;

import java.util.ArrayDeque;
import java.util.Deque;

/** What the demo has started and has to stop, the last first: at its end, when it fails, and on Ctrl-C. */
public final class Running implements AutoCloseable {

    private final DemoConsole console;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean interrupted;

    public Running(DemoConsole console) {
        this.console = console;
    }

    /** Takes charge of something; what comes too late is stopped at once. */
    public synchronized <T extends AutoCloseable> T add(T what) {
        started.push(what);
        if (interrupted) {
            close();
            throw new IllegalStateException("the demo was stopped");
        }
        return what;
    }

    /** Leaves everything running. */
    public synchronized void keep() {
        started.clear();
    }

    /** Stops everything because the demo itself was told to stop. */
    public synchronized void interrupt() {
        interrupted = true;
        close();
    }

    public synchronized boolean wasInterrupted() {
        return interrupted;
    }

    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            AutoCloseable what = started.pop();
            try {
                what.close();
            } catch (Exception e) {
                console.failure("could not be stopped: " + e.getMessage());
            }
        }
    }
}
