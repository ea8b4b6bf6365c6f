package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.catalog.Difference;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What must hold after every fault, once the job is over. */
final class Invariants {

    private static final String STRANGE_COPIES = "SELECT datname FROM pg_database WHERE datname LIKE 'belay\\_%'"
            + " AND (datallowconn OR datname NOT LIKE 'belay\\_golden\\_%')";
    private static final String OUR_DATABASES = "SELECT datname FROM pg_database"
            + " WHERE datname LIKE 'belay\\_%' OR datname LIKE '%\\_restored\\_%'"
            + " OR datname LIKE '%\\_after\\_reset\\_%' OR datname LIKE '%\\_before\\_reset\\_%'"
            + " OR datname LIKE '%\\_after\\_refresh\\_%'"
            + " OR (NOT datallowconn AND datname <> 'template0' AND datname NOT LIKE '%\\_before\\_restore\\_%'"
            + " AND datname NOT LIKE '%\\_before\\_refresh\\_%'"
            + " AND datname NOT LIKE '%\\_standby\\_%') OR (datallowconn AND datname LIKE '%\\_standby\\_%')";
    /** Those of a service; tests of the tools alone call their sessions belay-dump and belay-restore. */
    private static final String OUR_SESSIONS = "SELECT 'session ' || pid || ' ' || application_name || ': ' || query"
            + " FROM pg_stat_activity WHERE (application_name = 'belay' OR application_name LIKE 'belay %')"
            + " AND pid <> pg_backend_pid()";

    private static final String OUR_LOCKS =
            "SELECT 'advisory lock of ' || pid FROM pg_locks WHERE locktype = 'advisory'"
                    + " AND classid::bigint = 1111837761";

    private Invariants() {}

    /** Waits a little for what is just ending; then nothing may be left. */
    static void holdFor(Workplace place, ServerAddress managed) {
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> leftovers(place, managed).isEmpty());
        } catch (ConditionTimeoutException e) {
            assertThat(leftovers(place, managed)).as("left behind").isEmpty();
        }
    }

    /** The database is to the row what it is said to be. */
    static void same(DatabaseAddress database, Fingerprint expected) {
        assertThat(expected.differences(Shop.fingerprint(database)).stream().map(Difference::message))
                .as("differences of " + database.name())
                .isEmpty();
    }

    /** As {@link #same(DatabaseAddress, Fingerprint)}, for a database that is closed to connections. */
    static void sameWhenOpened(DatabaseAddress closed, Fingerprint expected) {
        TestPostgres.execute(
                closed.server().maintenance(), "ALTER DATABASE " + closed.name() + " ALLOW_CONNECTIONS true");
        same(closed, expected);
    }

    private static List<String> leftovers(Workplace place, ServerAddress managed) {
        List<String> found = new ArrayList<>();
        for (String question : List.of(
                OUR_DATABASES, OUR_SESSIONS, OUR_LOCKS, "SELECT 'slot ' || slot_name FROM pg_replication_slots")) {
            found.addAll(ask(managed.maintenance(), question));
        }
        if (place.hasScratchServer()) {
            found.addAll(ask(place.scratch().maintenance(), STRANGE_COPIES));
        }
        Workplace.list(place.backups(), ".*\\.partial").forEach(file -> found.add(file.toString()));
        Workplace.list(place.data().resolve("tmp"), ".*").forEach(file -> found.add(file.toString()));
        Workplace.list(place.temporary(), "belay-.*").forEach(file -> found.add(file.toString()));
        return found;
    }

    /** All of one column. */
    static List<String> ask(DatabaseAddress database, String question) {
        List<String> answers = new ArrayList<>();
        try (Connection session = database.openPlain();
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return answers;
        } catch (SQLException e) {
            throw new IllegalStateException(question, e);
        }
    }
}
