package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import org.junit.jupiter.api.Test;

/** Too little memory for a job. */
class MemoryIT {

    private static final int STATEMENTS = 60_000;

    @Test
    void a_job_for_which_there_is_too_little_memory_fails_and_the_service_goes_on() {
        DatabaseAddress shop = Shop.create();
        Fingerprint before = Shop.fingerprint(shop);
        String huge = ("INSERT INTO customer (name) VALUES ('" + "x".repeat(200) + "');\n").repeat(STATEMENTS);
        Workplace place = Workplace.of(shop.server(), Shop.project(huge, "SELECT 1;"), shop.name())
                .with("belay.jobs.max-attempts", "2");
        try (BelayProcess service = BelayProcess.start(place, "-Xmx64m")) {
            JsonNode job = service.api().await("migrations", service.api().order("migrations", Jobs.on(shop)));

            assertThat(Jobs.failed(job, "UNCHANGED")).isEqualTo("internal-error");
            assertThat(job.path("steps").path(0).path("state").asText()).isEqualTo("FAILED");
            Invariants.same(shop, before);
            service.killNine();
            service.startAgainWith();
            Invariants.holdFor(place, shop.server());
            Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
        }
    }
}
