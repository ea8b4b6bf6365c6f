package dev.belay.madaris;

import dev.belay.stage.KnownRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A release of the portal that knows only the old names and goes on working, whatever happens to the schema. A statement
 * that waits for a lock is only slow; one that fails, or a row that does not read as it was written, is an error.
 */
final class OldApplication implements AutoCloseable {

    /** The members whose contact numbers it corrects; of all others it changes nothing. */
    static final long FIRST_CORRECTED = 119_001;

    /** What it changes of the rows that were there. */
    static final KnownRows.Changing CHANGES =
            new KnownRows.Changing(Portal.MEMBERS, FIRST_CORRECTED, List.of("contact_number", "updated_at"));

    private static final long LAST_CORRECTED = 120_000;
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(20);

    private final School school;
    private final Thread thread = new Thread(this::work, "old-application");
    private final Map<Long, String> registered = new HashMap<>();
    private final Map<Long, String> corrected = new HashMap<>();
    private final List<String> errors = new ArrayList<>();
    private Duration longestStall = Duration.ZERO;
    private long statements;
    private volatile boolean stopped;

    OldApplication(School school) {
        this.school = school;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Lets it finish its round. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many statements it has sent. */
    synchronized long statements() {
        return statements;
    }

    /** The longest time that one statement took since this was last asked. */
    synchronized Duration takeLongestStall() {
        Duration longest = longestStall;
        longestStall = Duration.ZERO;
        return longest;
    }

    /** What went wrong so far; how often, and the first. */
    synchronized String errors() {
        return errors.isEmpty() ? "0" : errors.size() + ", the first: " + errors.get(0);
    }

    /** The last names of the members it registered, by id. */
    synchronized Map<Long, String> registered() {
        return Map.copyOf(registered);
    }

    /** The contact numbers that it gave, by member. */
    synchronized Map<Long, String> corrected() {
        return Map.copyOf(corrected);
    }

    private interface Sending<T> {
        T send() throws SQLException;
    }

    private void work() {
        for (int round = 0; !stopped; ) {
            try (Connection session = school.connect()) {
                Portal portal = new Portal(session);
                while (!stopped) {
                    round(portal, round++);
                    pause();
                }
            } catch (SQLException e) {
                error(e.getSQLState() + " " + e.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        LockSupport.parkNanos(BETWEEN_ROUNDS.toNanos());
    }

    /** Every statement is a transaction of its own, which is how Django sends them unless told otherwise. */
    private void round(Portal portal, int round) throws SQLException {
        String name = "Walk-in " + round;
        String reference = "OLD-" + round;
        long member = timed(() -> portal.register(name));
        remember(registered, member, name);
        timed(() -> {
            portal.join(member);
            return true;
        });
        timed(() -> {
            portal.refer(member, reference);
            return true;
        });
        long other = FIRST_CORRECTED + round % (LAST_CORRECTED - FIRST_CORRECTED + 1);
        String number = "0918" + String.valueOf(10_000_000 + round).substring(1);
        if (timed(() -> portal.correct(other, number))) {
            remember(corrected, other, number);
        } else {
            error("member " + other + " is not there to be corrected");
        }
        if (!timed(() -> portal.reads(member, name, reference))) {
            error("member " + member + " does not read as it was written");
        }
    }

    private <T> T timed(Sending<T> sending) throws SQLException {
        long begun = System.nanoTime();
        try {
            return sending.send();
        } finally {
            took(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private synchronized void took(Duration duration) {
        statements++;
        if (duration.compareTo(longestStall) > 0) {
            longestStall = duration;
        }
    }

    private synchronized void remember(Map<Long, String> where, long member, String what) {
        where.put(member, what);
    }

    private synchronized void error(@Nullable String what) {
        errors.add(what == null ? "unknown" : what);
    }
}
