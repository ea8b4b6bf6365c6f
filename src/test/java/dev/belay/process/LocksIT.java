package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Applications that hold locks, and the loss of Belay's own. */
class LocksIT {

    private static final Logger LOG = Logger.getLogger(LocksIT.class);

    private DatabaseAddress shop = Shop.create();
    private Fingerprint before = Shop.fingerprint(shop);
    private Workplace place =
            Workplace.of(shop.server(), Shop.project(), shop.name()).with("belay.migrations.longest-pause", "1s");
    private static final Pattern AGAIN = Pattern.compile("try ([2-9]|10) of 10");

    private BelayProcess service = BelayProcess.start(place);

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void an_application_that_holds_a_table_is_not_hurt_and_the_migration_comes_after_it() throws Exception {
        AtomicLong longest = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        Thread reader = new Thread(() -> read(longest, done));
        String id;
        try (Connection application = shop.openPlain();
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.execute("SELECT FROM customer LIMIT 1");
            reader.start();
            id = service.api().order("migrations", Jobs.on(shop));
            // What a pause says is written once a second, so that of a short pause may be missed.
            Soon.until(() -> AGAIN.matcher(service.api().job("migrations", id).toString())
                    .find());
            Invariants.same(shop, before);
            application.commit();
        }
        Jobs.succeeded(service.api().await("migrations", id), "MIGRATED");
        done.set(true);
        reader.join();

        LOG.infof("the longest read took %d ms", longest.get() / 1_000_000);
        // The lock timeout is a second; once it has the lock, the script holds it for 1.2 s.
        assertThat(longest.get()).isLessThan(Duration.ofSeconds(4).toNanos());
        Invariants.same(shop, Shop.migrated());
        Invariants.holdFor(place, shop.server());
    }

    @Test
    void a_job_that_loses_its_hold_on_the_database_stops_and_has_changed_nothing() {
        String id = service.api().order("migrations", Jobs.on(shop));
        Soon.until(() -> ReplicasIT.isApplying(shop));
        TestPostgres.execute(
                shop.server().maintenance(),
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1111837761");

        JsonNode job = service.api().await("migrations", id);
        assertThat(Jobs.failed(job, "UNCHANGED")).isEqualTo("lock-lost");
        Invariants.same(shop, before);
        Invariants.holdFor(place, shop.server());
        Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
    }

    private void read(AtomicLong longest, AtomicBoolean done) {
        try (Connection session = shop.openPlain();
                Statement statement = session.createStatement()) {
            while (!done.get()) {
                long start = System.nanoTime();
                statement.execute("SELECT count(*) FROM customer WHERE id = 7");
                longest.accumulateAndGet(System.nanoTime() - start, Math::max);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
