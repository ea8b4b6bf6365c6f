package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import org.junit.jupiter.api.Test;

/** A failure and the rollback that follows from it are written down together, or neither is. */
class AutomaticRollbackCrashIT {

    private static final String CHECK = """
            project: shop
            modules: [{name: shop, path: migrations, baseline: "1"}]
            checks: [{name: a copy, sql: "SELECT current_database() LIKE 'belay%'"}]
            """;

    @Test
    void exactly_one_rollback_is_ordered_when_the_service_is_killed_while_the_failure_is_written_down()
            throws Exception {
        DatabaseAddress shop = Shop.create();
        Fingerprint before = Shop.fingerprint(shop);
        Project project = Shop.quickProject().with("../belay.yaml", CHECK);
        Workplace place = Workplace.of(shop.server(), project, shop.name())
                .with("belay.policies.development.on-failure", "ROLL_BACK");
        try (BelayProcess service = BelayProcess.start(place)) {
            Breakpoint failure = Breakpoint.atJob(place.control(), "NEW.state = 'FAILED'");
            String id = service.api().order("migrations", Jobs.on(shop));
            failure.kill(service);
            assertThat(rollbacks(place)).isEqualTo("0");
            service.startAgain();

            JsonNode migration = service.api().await("migrations", id);
            assertThat(Jobs.failed(migration, "MIGRATED")).isEqualTo("verification-failed");
            String rollback = migration.path("result").path("rollback").asText();
            Jobs.succeeded(service.api().await("rollbacks", rollback), "ROLLED_BACK");
            assertThat(rollbacks(place)).isEqualTo("1");
            Invariants.same(shop, before);
        }
    }

    private static String rollbacks(Workplace place) {
        return String.valueOf(Invariants.ask(place.control(), "SELECT count(*) FROM job WHERE kind = 'ROLLBACK'")
                .get(0));
    }
}
