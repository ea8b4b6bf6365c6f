package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The managed server crashes, restarts or is away in the middle of jobs. */
class ServerFaultsIT {

    private PrivateServer server = PrivateServer.start();
    private DatabaseAddress shop = server.shop("shop");
    private Fingerprint before = Shop.fingerprint(shop);
    private Workplace place =
            Workplace.of(server.address(), Shop.project(), shop.name()).with("belay.jobs.reach-timeout", "3s");
    private BelayProcess service = BelayProcess.start(place);

    @AfterEach
    void end() {
        service.close();
        server.close();
    }

    @Test
    void a_migration_that_a_crash_of_the_server_breaks_off_is_rolled_back_and_said_to_be() {
        String id = service.api().order("migrations", Jobs.on(shop));
        Soon.until(() -> ReplicasIT.isApplying(shop));
        server.restartImmediately();

        assertUnchanged("migrations", id, before);
        Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
    }

    @Test
    void a_migration_whose_backend_is_killed_is_rolled_back_and_said_to_be() {
        String id = service.api().order("migrations", Jobs.on(shop));
        Soon.until(() -> ReplicasIT.isApplying(shop));
        String pid = Invariants.ask(
                        shop, "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE 'DO%'")
                .get(0);
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();

        assertUnchanged("migrations", id, before);
        Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
    }

    @Test
    void a_backup_that_a_crash_of_the_server_breaks_off_leaves_nothing() throws Exception {
        Breakpoint begin = Breakpoint.atStep(place.control(), "back-up", "RUNNING");
        String id = service.api().order("backups", Jobs.on(shop));
        begin.await();
        server.stopImmediately();
        begin.close();

        JsonNode job = service.api().await("backups", id);
        assertThat(Jobs.failed(job, "UNCHANGED")).isIn("lock-lost", "database-unreachable", "tool-failed");
        server.startAgain();
        Invariants.same(shop, before);
        Invariants.holdFor(place, server.address());
        Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
    }

    @Test
    void a_swap_that_a_crash_of_the_server_breaks_off_lets_applications_in_again() throws Exception {
        Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
        Breakpoint noReturn = Breakpoint.atJob(place.control(), "NEW.no_return AND NOT OLD.no_return");
        String id = service.api().order("rollbacks", Jobs.restore(shop));
        noReturn.await();
        try (Stall renaming = Stall.rename(Stall.successor(shop, id))) {
            noReturn.close();
            renaming.await();
            server.restartImmediately();
        }

        assertUnchanged("rollbacks", id, Shop.migratedOn(server.address()));
        Jobs.succeed(service.api(), "rollbacks", Jobs.restore(shop), "RESTORED");
        Invariants.same(shop, before);
    }

    @Test
    void a_server_that_is_away_is_waited_for_and_then_said_to_be_away() {
        server.stopImmediately();
        String id = service.api().order("migrations", Jobs.on(shop));
        JsonNode job = service.api().await("migrations", id);
        assertThat(Jobs.failed(job, "UNCHANGED")).isEqualTo("database-unreachable");

        String waiting = service.api().order("migrations", Jobs.on(shop));
        server.startAgain();
        Jobs.succeeded(service.api().await("migrations", waiting), "MIGRATED");
        Invariants.same(shop, Shop.migratedOn(server.address()));
        Invariants.holdFor(place, server.address());
    }

    private void assertUnchanged(String kind, String id, Fingerprint expected) {
        JsonNode job = service.api().await(kind, id);
        Jobs.failed(job, "UNCHANGED");
        Invariants.same(shop, expected);
        Invariants.holdFor(place, server.address());
    }
}
