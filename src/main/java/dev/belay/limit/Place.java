package dev.belay.limit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** What somebody has of a number of places, until it is closed, or the one who asked for it goes away. */
public final class Place implements AutoCloseable {

    private final Runnable giveBack;
    private final Closing closing;
    private final Thread taker = Thread.currentThread();
    private final AtomicBoolean closed = new AtomicBoolean();

    Place(Runnable giveBack, Closing closing) {
        this.closing = closing;
        this.giveBack = giveBack;
    }

    /** Whether nobody waits for the answer any more, or the service is about to end. */
    public boolean isClosed() {
        return closed.get() || closing.hasBegun();
    }

    /** The one who asked went away: whoever waits on their behalf need not wait any longer. */
    void leave() {
        close();
        LockSupport.unpark(taker);
    }

    /** Again and again without harm. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
