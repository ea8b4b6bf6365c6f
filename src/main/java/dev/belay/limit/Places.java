package dev.belay.limit;

import dev.belay.problem.TooManyException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A number of places, of which each caller may have some. */
final class Places {

    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    private final String what;
    private final int each;
    private final int most;
    private final Closing closing;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /** @param what what takes a place, in plural */
    Places(String what, int each, int most, Closing closing) {
        this.closing = closing;
        this.what = what;
        this.each = each;
        this.most = most;
    }

    /**
     * Takes a place.
     *
     * @throws TooManyException when there is none
     */
    synchronized Place take(String caller) {
        int own = taken.getOrDefault(caller, 0);
        if (own >= each) {
            throw new TooManyException(
                    "The caller " + caller + " has " + own + " " + what + ", as many as a caller may have.",
                    COME_AGAIN);
        }
        if (all >= most) {
            throw new TooManyException("There are " + all + " " + what + ", as many as there may be.", COME_AGAIN);
        }
        taken.merge(caller, 1, Integer::sum);
        all++;
        return new Place(() -> giveBack(caller), closing);
    }

    private synchronized void giveBack(String caller) {
        taken.computeIfPresent(caller, (key, own) -> own > 1 ? own - 1 : null);
        all--;
    }
}
