package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import org.junit.jupiter.api.Test;

/**
 * Resets and a refresh whose service is killed right before a database is emptied or replaced, and again when it is and that is
 * not written down. {@link ReplacingCrashSweep} kills it everywhere.
 */
class ReplacingCrashIT {

    private static final String CUSTOMERS = "SELECT count(*) FROM customer";
    private static final String TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";

    @Test
    void what_is_written_after_a_flush_is_not_flushed_again() throws Exception {
        DatabaseAddress shop = Shop.create();
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            String order = Jobs.reset(shop, "flush");

            String id = CommitCrash.of(service, "resets", order, "EMPTIED", () -> Invariants.ask(shop, CUSTOMERS));
            TestPostgres.execute(shop, "INSERT INTO customer (name) VALUES ('after it')");

            Jobs.succeeded(ended(service, "resets", id), "EMPTIED");
            assertThat(Invariants.ask(shop, CUSTOMERS)).containsExactly("1");
            Invariants.holdFor(place, shop.server());
        }
    }

    @Test
    void a_database_is_recreated_once() throws Exception {
        DatabaseAddress shop = Shop.create();
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            String order = Jobs.reset(shop, "recreate");

            String id = CommitCrash.of(service, "resets", order, "EMPTIED", () -> Invariants.ask(shop, TABLES));
            TestPostgres.execute(shop, "CREATE TABLE after_it (id int)");

            Jobs.succeeded(ended(service, "resets", id), "EMPTIED");
            assertThat(Invariants.ask(shop, TABLES)).containsExactly("1");
            Invariants.holdFor(place, shop.server());
        }
    }

    @Test
    void a_database_is_refreshed_once() throws Exception {
        DatabaseAddress from = Shop.create();
        DatabaseAddress shop = Shop.create();
        TestPostgres.execute(shop, "DELETE FROM purchase; DELETE FROM customer");
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name(), from.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            String order = Jobs.refresh(shop, from);

            String id = CommitCrash.of(service, "refreshes", order, "REFRESHED", () -> Invariants.ask(shop, CUSTOMERS));
            TestPostgres.execute(shop, "DELETE FROM purchase; DELETE FROM customer WHERE id > 1");

            Jobs.succeeded(ended(service, "refreshes", id), "REFRESHED");
            assertThat(Invariants.ask(shop, CUSTOMERS)).containsExactly("1");
            Invariants.holdFor(place, shop.server());
        }
    }

    private static JsonNode ended(BelayProcess service, String kind, String id) {
        service.startAgain();
        return service.api().await(kind, id);
    }
}
