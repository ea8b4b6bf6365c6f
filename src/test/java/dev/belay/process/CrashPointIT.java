package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moments between two steps of the sweep at which a killed service could leave something half done. */
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
        dieAt(end);
        service.startAgain();

        Jobs.succeeded(service.api().await("rollbacks", id), "UNCHANGED");
        Invariants.same(shop, Shop.migrated());
        Invariants.holdFor(place, shop.server());
    }

    @Test
    void a_restore_goes_on_when_the_service_is_killed_between_the_swap_and_the_journal() throws Exception {
        Breakpoint swapped = Breakpoint.atJob(place.control(), "NEW.database_state = 'RESTORED'");
        String id = service.api().order("rollbacks", Jobs.restore(shop));
        dieAt(swapped);
        Invariants.same(shop, before);
        service.startAgain();

        assertRestored(id);
    }

    @Test
    void applications_are_let_in_again_when_the_service_is_killed_inside_the_swap() throws Exception {
        Breakpoint noReturn = Breakpoint.atJob(place.control(), "NEW.no_return AND NOT OLD.no_return");
        String id = service.api().order("rollbacks", Jobs.restore(shop));
        noReturn.await();
        try (Connection session = shop.server().maintenance().openPlain();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("COMMENT ON DATABASE " + restored(id) + " IS 'held'");
            noReturn.close();
            Soon.until(() -> isRenaming(shop.server()));
            service.killNine();
            TestPostgres.execute(
                    shop.server().maintenance(),
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'ALTER DATABASE%RENAME%'");
            session.rollback();
        }
        service.startAgain();

        assertRestored(id);
    }

    @Test
    void a_restored_database_that_has_no_mark_yet_is_found_again() throws Exception {
        Breakpoint begin = Breakpoint.atStep(place.control(), "restore", "RUNNING");
        String id = service.api().order("rollbacks", Jobs.restore(shop));
        dieAt(begin);
        TestPostgres.execute(shop.server().maintenance(), "CREATE DATABASE " + restored(id));
        service.startAgain();

        assertRestored(id);
    }

    private void assertRestored(String id) {
        JsonNode job = service.api().await("rollbacks", id);
        Jobs.succeeded(job, "RESTORED");
        Invariants.same(shop, before);
        String kept = job.path("result").path("keptAs").asText();
        assertThat(kept).startsWith(shop.name() + "_before_restore_");
        Invariants.sameWhenOpened(shop.server().database(kept), Shop.migrated());
        Invariants.holdFor(place, shop.server());
    }

    private String restored(String id) {
        return shop.name() + "_restored_" + id.substring(0, 8);
    }

    static boolean isRenaming(ServerAddress server) {
        return !Invariants.ask(
                        server.maintenance(),
                        "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND query LIKE 'ALTER DATABASE%RENAME%'")
                .isEmpty();
    }

    private void dieAt(Breakpoint point) throws SQLException {
        point.await();
        service.killNine();
        point.lose();
    }
}
