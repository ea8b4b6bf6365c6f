package dev.belay.postgres;

/** Through this, long work tells how far it is and learns that it has to stop. Safe for use by several threads. */
public interface Monitor {

    /**
     * Tells how far the work is.
     *
     * @param fraction 0 to 1
     * @param detail one short line for a person
     */
    void progress(double fraction, String detail);

    /**
     * Returns when the work may go on.
     *
     * @throws dev.belay.problem.ProblemException when it has to stop, and why
     */
    void check();

    /**
     * Has {@code action} run once, from another thread, when the work has to stop; at once when it has to already. What
     * blocks (a subprocess, a statement) is broken off by this. Close the registration when the blocking part is over.
     */
    Registration onStop(Runnable action);

    /** Ends what {@link #onStop} began. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** For work that nobody watches and nobody stops. */
    static Monitor none() {
        return new Monitor() {
            @Override
            public void progress(double fraction, String detail) {}

            @Override
            public void check() {}

            @Override
            public Registration onStop(Runnable action) {
                return () -> {};
            }
        };
    }
}
