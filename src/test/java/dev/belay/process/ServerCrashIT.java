package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The managed server crashes in the steps of both ways back, one after the other. */
class ServerCrashIT {

    private PrivateServer server = PrivateServer.start();
    private DatabaseAddress shop = server.shop("shop");
    private Workplace place = Workplace.of(server.address(), Shop.project(), shop.name());
    private BelayProcess service = BelayProcess.start(place);
    private Written written = Written.none(shop);

    @BeforeEach
    void migrated() {
        Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
        written = Written.to(shop);
    }

    @AfterEach
    void end() {
        service.close();
        server.close();
    }

    @Test
    void an_undo_that_a_crash_breaks_off_in_a_step_leaves_the_old_or_the_new_and_says_which() throws Exception {
        crashAt("back-up", Jobs.on(shop), "UNCHANGED");
        crashAt("rehearse", Jobs.on(shop), "UNCHANGED");
        Fingerprint live = Shop.fingerprint(shop);
        String id = service.api().order("rollbacks", Jobs.on(shop));
        Soon.until(() -> ReplicasIT.isApplying(shop));
        server.restartImmediately();
        failed(id, "UNCHANGED");
        Invariants.same(shop, live);

        crashBeforeTheLook(Jobs.on(shop), "ROLLED_BACK");
        written.assertBroughtBack();
    }

    @Test
    void a_restore_that_a_crash_breaks_off_in_a_step_leaves_the_old_or_the_new_and_says_which() throws Exception {
        Fingerprint live = Shop.fingerprint(shop);
        crashAt("restore", Jobs.restore(shop), "UNCHANGED");
        try (Stall reading = Stall.table(shop, "customer")) {
            String id = service.api().order("rollbacks", Jobs.restore(shop));
            reading.await();
            server.restartImmediately();
            failed(id, "UNCHANGED");
        }
        Breakpoint swap = Breakpoint.atStep(place.control(), "swap", "RUNNING");
        String id = service.api().order("rollbacks", Jobs.restore(shop));
        swap.await();
        Invariants.same(shop, live);
        written.oneMore();
        try (Stall reading = Stall.table(Stall.successor(shop, id), "customer")) {
            swap.close();
            reading.await();
            assertThat(Stall.isKeptOut(shop)).isTrue();
            server.killNine();
            server.startAgain();
            failed(id, "UNCHANGED");
        }
        written.oneMore();
        assertThat(written.more()).isEqualTo(2);

        crashBeforeTheLook(Jobs.restore(shop), "RESTORED");
        written.assertBroughtBack();
    }

    /** A server that is back before anybody has missed it is looked at as if nothing had been. */
    private void crashBeforeTheLook(String body, String databaseState) throws Exception {
        JsonNode job = service.api().await("rollbacks", crash("verify", body));
        assertThat(job.path("state").asText()).as(job.toPrettyString()).isIn("SUCCEEDED", "FAILED");
        assertThat(job.path("databaseState").asText()).as(job.toPrettyString()).isEqualTo(databaseState);
        Invariants.holdFor(place, server.address());
    }

    private void crashAt(String step, String body, String databaseState) throws Exception {
        failed(crash(step, body), databaseState);
    }

    /** Crashes the server when a step has just begun. */
    private String crash(String step, String body) throws Exception {
        Breakpoint begin = Breakpoint.atStep(place.control(), step, "RUNNING");
        String id = service.api().order("rollbacks", body);
        begin.await();
        server.restartImmediately();
        begin.close();
        return id;
    }

    private void failed(String id, String databaseState) {
        JsonNode job = service.api().await("rollbacks", id);
        assertThat(Jobs.failed(job, databaseState))
                .as(job.toPrettyString())
                .isIn("lock-lost", "database-unreachable", "database-error", "tool-failed", "migration-failed");
        Invariants.holdFor(place, server.address());
    }
}
