package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Applications that connect again and again while their database is replaced. */
@Tag("alone")
class ReconnectingIT {

    private static final Logger LOG = Logger.getLogger(ReconnectingIT.class);
    private static final int CLIENTS = 20;
    private static final Pattern OUTAGE = Pattern.compile("kept out for (\\d+) ms");

    @Test
    void twenty_applications_that_reconnect_all_come_back_to_the_restored_database() throws Exception {
        DatabaseAddress shop = Shop.create();
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name());
        ConcurrentHashMap<Integer, String> seen = new ConcurrentHashMap<>();
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> clients = new ArrayList<>();
        try (BelayProcess service = BelayProcess.start(place)) {
            Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
            String replaced = oid(shop);
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.add(new Thread(() -> work(shop, number, seen, done)));
            }
            clients.forEach(Thread::start);
            Soon.until(() -> seen.size() == CLIENTS);

            JsonNode job = Jobs.succeed(service.api(), "rollbacks", Jobs.restore(shop), "RESTORED");

            String restored = oid(shop);
            assertThat(restored).isNotEqualTo(replaced);
            Soon.until(() -> seen.values().stream().allMatch(restored::equals));
            Matcher outage = OUTAGE.matcher(job.toString());
            assertThat(outage.find()).as(job.toPrettyString()).isTrue();
            LOG.infof("applications were kept out for %s ms", outage.group(1));
            assertThat(Integer.parseInt(outage.group(1))).isLessThan(1000);
            done.set(true);
            for (Thread client : clients) {
                client.join();
            }
            Invariants.holdFor(place, shop.server());
        } finally {
            done.set(true);
        }
    }

    /** Remembers in which database it last was; being refused or thrown out is what a client must expect. */
    private static void work(
            DatabaseAddress shop, int number, ConcurrentHashMap<Integer, String> seen, AtomicBoolean done) {
        while (!done.get()) {
            try {
                seen.put(number, oid(shop));
            } catch (SQLException e) {
                LOG.debug("again", e);
            }
        }
    }

    private static String oid(DatabaseAddress shop) throws SQLException {
        try (Connection session = shop.openPlain();
                Statement statement = session.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT oid FROM pg_database WHERE datname = current_database()")) {
            row.next();
            return row.getString(1);
        }
    }
}
