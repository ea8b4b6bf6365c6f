package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The service is killed while it makes a standby, and when that is made and not written down. */
class StandbyCrashIT {

    @Test
    void one_standby_is_made_and_restored_from_though_the_service_is_killed_while_it_is_made() throws Exception {
        DatabaseAddress shop = Shop.create();
        Fingerprint before = Shop.fingerprint(shop);
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name())
                .with("belay.policies.development.standby", "true");
        try (BelayProcess service = BelayProcess.start(place)) {
            Breakpoint end = Breakpoint.atStep(place.control(), "standby", "SUCCEEDED");
            String id = service.api().order("migrations", Jobs.on(shop));
            Soon.until(() -> !standbys(shop, "true").isEmpty());
            service.killNine();
            end.lose();
            Breakpoint made = Breakpoint.atStep(place.control(), "standby", "SUCCEEDED");
            service.startAgain();
            made.kill(service);
            service.startAgain();

            JsonNode migration = Jobs.succeeded(service.api().await("migrations", id), "MIGRATED");
            String standby = migration.path("result").path("standby").asText();
            assertThat(standbys(shop, "datallowconn")).isEmpty();
            assertThat(standbys(shop, "true")).containsExactly(standby);
            Invariants.holdFor(place, shop.server());

            JsonNode restore = Jobs.succeed(service.api(), "rollbacks", Jobs.restore(shop), "RESTORED");
            assertThat(restore.toString()).contains("cloned from the standby " + standby);
            assertThat(standbys(shop, "true")).isEmpty();
            Invariants.same(shop, before);
            Invariants.holdFor(place, shop.server());
        }
    }

    private static List<String> standbys(DatabaseAddress shop, String condition) {
        return Invariants.ask(
                shop.server().maintenance(),
                "SELECT datname FROM pg_database WHERE datname LIKE '" + shop.name() + "\\_standby\\_%' AND "
                        + condition);
    }
}
