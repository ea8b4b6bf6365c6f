package dev.belay.postgres;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.problem.ProblemType;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Puts one database under the name of another. First nobody is let in any more, then the sessions that are there are ended,
 * then both names change in one transaction: so applications that reconnect find the old database or the new one, and for a
 * moment are refused, but never find none.
 */
public final class NameSwap {

    private static final Duration DRAIN = Duration.ofSeconds(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private NameSwap() {}

    /**
     * Swaps.
     *
     * @param live the name that applications use
     * @param keptAs the name under which what now has the name {@code live} is kept, closed to connections
     * @param successor the database that gets the name {@code live}
     * @return how long applications were kept out
     * @throws dev.belay.problem.ProblemException CONFLICT when sessions cannot be ended; everything is then as it was
     */
    public static Duration swap(DatabaseAdmin admin, String live, String keptAs, String successor) throws SQLException {
        long start = System.nanoTime();
        if (admin.allowsConnections(live)) {
            admin.allowConnections(live, false);
        }
        try {
            drain(admin, List.of(live, successor), List.of());
            rename(admin, live, keptAs, successor);
            return Duration.ofNanos(System.nanoTime() - start);
        } catch (SQLException | RuntimeException e) {
            reopen(admin, live, e);
            throw e;
        }
    }

    /** Ends the sessions in databases and waits until they are gone, but for those of the given processes. */
    public static void drain(DatabaseAdmin admin, List<String> databases, List<Integer> but) throws SQLException {
        long deadline = System.nanoTime() + DRAIN.toNanos();
        while (admin.terminate(databases, but) > 0) {
            if (System.nanoTime() > deadline) {
                throw ProblemType.CONFLICT.because("Sessions in " + String.join(" or ", databases)
                        + " did not end within "
                        + DRAIN.toSeconds() + " s, so the names were not swapped and applications were let in again."
                        + " pg_stat_activity shows them.");
            }
            Patient.pause(LOOK_AGAIN);
        }
    }

    private static void rename(DatabaseAdmin admin, String live, String keptAs, String successor) throws SQLException {
        admin.session().setAutoCommit(false);
        try (Statement statement = admin.session().createStatement()) {
            // One round trip: applications are kept out for as long as this takes.
            statement.execute(String.join(
                    ";",
                    "ALTER DATABASE " + quote(live) + " RENAME TO " + quote(keptAs),
                    "ALTER DATABASE " + quote(successor) + " RENAME TO " + quote(live),
                    "ALTER DATABASE " + quote(live) + " WITH ALLOW_CONNECTIONS true"));
            admin.session().commit();
        } catch (SQLException e) {
            admin.session().rollback();
            throw e;
        } finally {
            admin.session().setAutoCommit(true);
        }
    }

    private static void reopen(DatabaseAdmin admin, String live, Exception cause) {
        try {
            admin.allowConnections(live, true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
