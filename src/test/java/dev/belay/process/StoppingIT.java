package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.DatabaseAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The orderly end in the middle of a job. */
class StoppingIT {

    @Test
    void a_service_that_is_told_to_end_parks_its_job_and_the_next_one_finishes_it() {
        DatabaseAddress shop = Shop.create();
        Workplace place = Workplace.of(shop.server(), Shop.project(), shop.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            String id = service.api().order("migrations", Jobs.on(shop));
            Soon.until(() -> ReplicasIT.isApplying(shop));

            assertThat(service.terminate()).isLessThan(Duration.ofSeconds(30));
            assertThat(service.log()).anyMatch(line -> line.contains(id) && line.endsWith("parked"));
            assertThat(place.pidFile("control")).doesNotExist();
            assertThat(place.pidFile("scratch")).doesNotExist();

            service.startAgain();
            Jobs.succeeded(service.api().await("migrations", id), "MIGRATED");
            Invariants.same(shop, Shop.migrated());
            Invariants.holdFor(place, shop.server());
        }
    }
}
