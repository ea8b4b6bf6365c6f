package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations that wait for an approval while the service ends and begins. */
class WaitingIT {

    private DatabaseAddress shop = Shop.create();
    private Fingerprint before = Shop.fingerprint(shop);
    private Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name())
            .with("belay.databases." + shop.name() + ".environment", "production");
    private BelayProcess service = BelayProcess.start(place);
    private String migration = "";

    @BeforeEach
    void waiting() {
        migration = service.api().orderAs("maria", "migrations", Jobs.on(shop));
        Soon.until(() -> state().equals("AWAITING_APPROVAL"));
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void a_migration_that_waits_survives_the_death_of_the_service_and_is_approved_afterwards() {
        service.killNine();
        service.startAgain();

        assertThat(state()).isEqualTo("AWAITING_APPROVAL");
        assertThat(approve()).isEqualTo(201);
        Jobs.succeeded(service.api().await("migrations", migration), "MIGRATED");
        Invariants.same(shop, Shop.migrated());
        Invariants.holdFor(place, shop.server());
    }

    @Test
    void a_service_is_killed_between_the_approval_and_the_apply() throws Exception {
        Breakpoint applying = Breakpoint.atStep(place.control(), "apply", "RUNNING");
        assertThat(approve()).isEqualTo(201);
        applying.await();
        service.killNine();
        applying.lose();
        service.startAgain();

        Jobs.succeeded(service.api().await("migrations", migration), "MIGRATED");
        Invariants.same(shop, Shop.migrated());
        Invariants.holdFor(place, shop.server());
    }

    @Test
    void a_policy_that_was_changed_by_a_restart_voids_the_plan() {
        service.terminate();
        place.with("belay.databases." + shop.name() + ".policy.highest-risk", "MEDIUM");
        service.startAgain();

        assertThat(approve()).isEqualTo(412);
        assertThat(state()).isEqualTo("AWAITING_APPROVAL");
        Invariants.same(shop, before);
    }

    private String state() {
        return job().path("state").asText();
    }

    private JsonNode job() {
        return service.api().job("migrations", migration);
    }

    private int approve() {
        String body =
                "{\"planDigest\": \"" + job().path("result").path("planDigest").asText() + "\"}";
        return service.api()
                .postAs("jose", "migrations/" + migration + "/approvals", body)
                .status();
    }
}
