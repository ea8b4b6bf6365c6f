package dev.belay.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import org.junit.jupiter.api.Test;

/** The service is killed at every point of every kind of job. */
class CrashSweepIT {

    @Test
    void a_backup_ends_well_though_the_service_is_killed_three_times_in_each_step() throws Exception {
        DatabaseAddress shop = Shop.create();
        Fingerprint before = Shop.fingerprint(shop);
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            JsonNode job = new CrashSweep(service, "backups").run(Jobs.on(shop));

            Jobs.succeeded(job, "UNCHANGED");
            Invariants.same(shop, before);
            Invariants.holdFor(place, shop.server());
            Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
        }
    }

    @Test
    void a_migration_ends_well_though_the_service_is_killed_three_times_in_each_step() throws Exception {
        DatabaseAddress shop = Shop.create();
        Workplace place = Workplace.of(shop.server(), Shop.project(), shop.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            JsonNode job = new CrashSweep(service, "migrations").run(Jobs.on(shop));

            Jobs.succeeded(job, "MIGRATED");
            Invariants.same(shop, Shop.migrated());
            Invariants.holdFor(place, shop.server());
            Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "UNCHANGED");
        }
    }

    @Test
    void an_undo_ends_well_though_the_service_is_killed_three_times_in_each_step() throws Exception {
        DatabaseAddress shop = Shop.create();
        Workplace place = Workplace.of(shop.server(), Shop.project(), shop.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
            Written written = Written.to(shop);
            JsonNode job = new CrashSweep(service, "rollbacks", written::oneMore).run(Jobs.on(shop));

            Jobs.succeeded(job, "ROLLED_BACK");
            written.assertBroughtBack();
            Invariants.holdFor(place, shop.server());
            Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
        }
    }

    @Test
    void a_restore_ends_well_though_the_service_is_killed_three_times_in_each_step() throws Exception {
        DatabaseAddress shop = Shop.create();
        Workplace place = Workplace.of(shop.server(), Shop.project(), shop.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
            Written written = Written.to(shop);
            JsonNode job = new CrashSweep(service, "rollbacks", written::oneMore).run(Jobs.restore(shop));

            Jobs.succeeded(job, "RESTORED");
            written.assertBroughtBack();
            Invariants.holdFor(place, shop.server());
            Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
        }
    }
}
