package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moments inside the steps of the sweep at which a killed service could leave something half done. */
class CrashPointIT {

    private DatabaseAddress shop = Shop.create();
    private Fingerprint before = Shop.fingerprint(shop);
    private Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name());
    private BelayProcess service = BelayProcess.start(place);

    @BeforeEach
    void migrated() {
        Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void a_dry_run_stays_one_when_the_service_is_killed_before_its_end_is_written_down() throws Exception {
        String body = "{\"database\": \"" + shop.name() + "\", \"dryRun\": true}";
        Breakpoint end = Breakpoint.atJob(place.control(), "NEW.state = 'SUCCEEDED'");
        String id = service.api().order("rollbacks", body);
        end.kill(service);
        service.startAgain();

        Jobs.succeeded(service.api().await("rollbacks", id), "UNCHANGED");
        Invariants.same(shop, Shop.migrated());
        Invariants.holdFor(place, shop.server());
    }

    @Test
    void no_row_is_lost_when_the_service_is_killed_at_one_point_of_the_swap_after_the_other() throws Exception {
        Written written = Written.to(shop);
        Breakpoint swap = Breakpoint.atStep(place.control(), "swap", "RUNNING");
        String id = service.api().order("rollbacks", Jobs.restore(shop));
        swap.await();
        written.oneMore();
        DatabaseAddress successor = Stall.successor(shop, id);
        // applications are kept out, and what they wrote last is not carried
        try (Stall reading = Stall.table(successor, "customer")) {
            swap.close();
            reading.await();
            service.killNine();
            assertThat(Stall.isKeptOut(shop)).isTrue();
        }
        // everything is carried, and that is not written down
        startAndDieAt(Breakpoint.atEvidence(
                place.control(), "NEW.type = 'Complete' AND NEW.content ->> 'outageBeganMillis' <> '0'"));
        Fingerprint live = openedForALook(written);
        // it is written down, and the names are being changed
        Breakpoint noReturn = Breakpoint.atJob(place.control(), "NEW.no_return AND NOT OLD.no_return");
        service.startAgain();
        noReturn.await();
        try (Stall renaming = Stall.rename(successor)) {
            noReturn.close();
            renaming.await();
            service.killNine();
            assertThat(Stall.isKeptOut(shop)).isTrue();
            Stall.endRename(shop.server());
        }
        // they are changed, and that is not written down
        startAndDieAt(Breakpoint.atJob(place.control(), "NEW.database_state = 'RESTORED'"));
        written.oneMore();
        assertThat(written.more()).isEqualTo(2);
        service.startAgain();

        JsonNode job = Jobs.succeeded(service.api().await("rollbacks", id), "RESTORED");
        written.assertBroughtBack();
        assertKept(job, live);
    }

    private void assertKept(JsonNode job, Fingerprint live) {
        String kept = job.path("result").path("keptAs").asText();
        assertThat(kept).startsWith(shop.name() + "_before_restore_");
        Invariants.sameWhenOpened(shop.server().database(kept), live);
        Invariants.holdFor(place, shop.server());
    }

    @Test
    void a_restored_database_that_has_no_mark_yet_is_found_again() throws Exception {
        Breakpoint begin = Breakpoint.atStep(place.control(), "restore", "RUNNING");
        String id = service.api().order("rollbacks", Jobs.restore(shop));
        begin.kill(service);
        TestPostgres.execute(
                shop.server().maintenance(),
                "CREATE DATABASE " + Stall.successor(shop, id).name());
        service.startAgain();

        Jobs.succeeded(service.api().await("rollbacks", id), "RESTORED");
        Invariants.same(shop, before);
        Invariants.holdFor(place, shop.server());
    }

    @Test
    void a_restore_can_be_cancelled_until_only_the_names_are_left_to_change() throws Exception {
        Written written = Written.to(shop);
        Fingerprint live = Shop.fingerprint(shop);
        try (Stall reading = Stall.table(shop, "customer")) {
            cancelled(service.api().order("rollbacks", Jobs.restore(shop)), reading);
        }
        Invariants.same(shop, live);
        Invariants.holdFor(place, shop.server());

        Breakpoint swap = Breakpoint.atStep(place.control(), "swap", "RUNNING");
        String second = service.api().order("rollbacks", Jobs.restore(shop));
        swap.await();
        written.oneMore();
        live = Shop.fingerprint(shop);
        try (Stall reading = Stall.table(Stall.successor(shop, second), "customer")) {
            swap.close();
            cancelled(second, reading);
        }
        Invariants.same(shop, live);
        Invariants.holdFor(place, shop.server());

        Breakpoint noReturn = Breakpoint.atJob(place.control(), "NEW.no_return AND NOT OLD.no_return");
        String third = service.api().order("rollbacks", Jobs.restore(shop));
        noReturn.await();
        try (Stall renaming = Stall.rename(Stall.successor(shop, third))) {
            noReturn.close();
            renaming.await();
            assertThat(service.api().job("rollbacks", third).path("cancellable").asBoolean())
                    .isFalse();
            assertThat(cancel(third)).isEqualTo(409);
        }
        Jobs.succeeded(service.api().await("rollbacks", third), "RESTORED");
        written.assertBroughtBack();
    }

    /** Cancels a job once it is stalled. */
    private void cancelled(String id, Stall stall) {
        stall.await();
        assertThat(service.api().job("rollbacks", id).path("cancellable").asBoolean())
                .isTrue();
        assertThat(cancel(id)).isEqualTo(202);
        JsonNode job = service.api().await("rollbacks", id);
        assertThat(job.path("state").asText()).as(job.toPrettyString()).isEqualTo("CANCELLED");
        assertThat(job.path("databaseState").asText()).isEqualTo("UNCHANGED");
    }

    private int cancel(String id) {
        return service.api().post("rollbacks/" + id + "/cancel", "", null).status();
    }

    /** A restore that was given up in between lets applications in only when it goes on, so the test lets itself in. */
    private Fingerprint openedForALook(Written written) {
        assertThat(Stall.isKeptOut(shop)).isTrue();
        written.oneMore();
        assertThat(written.more()).isEqualTo(1);
        Stall.keepOut(shop, false);
        Fingerprint live = Shop.fingerprint(shop);
        Stall.keepOut(shop, true);
        return live;
    }

    private void startAndDieAt(Breakpoint point) throws SQLException {
        service.startAgain();
        point.kill(service);
    }
}
