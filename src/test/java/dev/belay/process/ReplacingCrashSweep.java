package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.postgres.DatabaseAddress;
import org.junit.jupiter.api.Test;

/**
 * The service is killed at every point of resets and a refresh. Takes minutes, so it is run by hand:
 * {@code -Dit.test=ReplacingCrashSweep}.
 */
class ReplacingCrashSweep {

    @Test
    void a_flush_ends_well_and_what_is_written_after_it_stays() throws Exception {
        DatabaseAddress shop = Shop.create();
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            Written written = Written.none(shop);
            JsonNode job = new CrashSweep(service, "resets", written::oneMore).run(Jobs.reset(shop, "flush"));

            Jobs.succeeded(job, "EMPTIED");
            assertThat(Invariants.ask(shop, "SELECT count(*) FROM purchase")).containsExactly("0");
            assertThat(Integer.parseInt(Invariants.ask(shop, "SELECT count(*) FROM customer")
                            .get(0)))
                    .isBetween(4, written.more());
            Invariants.holdFor(place, shop.server());
        }
    }

    @Test
    void a_recreated_database_is_there_and_nothing_beside_it() throws Exception {
        DatabaseAddress shop = Shop.create();
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            JsonNode job = new CrashSweep(service, "resets").run(Jobs.reset(shop, "recreate"));

            Jobs.succeeded(job, "EMPTIED");
            assertThat(Invariants.ask(shop, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .containsExactly("0");
            assertThat(Invariants.ask(
                            shop.server().maintenance(),
                            "SELECT datname FROM pg_database WHERE datname LIKE '" + shop.name() + "\\_%'"))
                    .isEmpty();
            Invariants.holdFor(place, shop.server());
        }
    }

    @Test
    void a_refreshed_database_is_the_migrated_copy() throws Exception {
        DatabaseAddress shop = Shop.create();
        DatabaseAddress other = Shop.create();
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name(), other.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            JsonNode job = new CrashSweep(service, "refreshes").run(Jobs.refresh(other, shop));

            Jobs.succeeded(job, "REFRESHED");
            Invariants.same(other, Shop.migrated());
            Invariants.holdFor(place, shop.server());
        }
    }
}
