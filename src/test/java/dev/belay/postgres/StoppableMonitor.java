package dev.belay.postgres;

import dev.belay.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/** Records progress, and stops the work when told to. */
final class StoppableMonitor implements Monitor {

    private final List<Double> fractions = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private final List<Runnable> actions = new ArrayList<>();
    private boolean stopped;

    void stop() {
        List<Runnable> due;
        synchronized (this) {
            stopped = true;
            due = List.copyOf(actions);
        }
        due.forEach(Runnable::run);
    }

    synchronized List<Double> fractions() {
        return List.copyOf(fractions);
    }

    synchronized List<String> details() {
        return List.copyOf(details);
    }

    @Override
    public synchronized void progress(double fraction, String detail) {
        fractions.add(fraction);
        details.add(detail);
    }

    @Override
    public synchronized void check() {
        if (stopped) {
            throw ProblemType.CANCELLED.because("The test stopped it.");
        }
    }

    @Override
    public synchronized Registration onStop(Runnable action) {
        actions.add(action);
        if (stopped) {
            new Thread(action).start();
        }
        return () -> {
            synchronized (this) {
                actions.remove(action);
            }
        };
    }
}
