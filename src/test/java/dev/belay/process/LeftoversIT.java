package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What jobs that are over have left is removed at start, and nothing else. */
class LeftoversIT {

    private static final String ALL = "SELECT datname FROM pg_database ORDER BY datname";

    private DatabaseAddress shop = Shop.create();
    private Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name());
    private BelayProcess service = BelayProcess.start(place);

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void an_archive_that_a_job_left_half_written_is_removed_once_the_job_is_over() throws Exception {
        String id = dieAt(Breakpoint.atStep(place.control(), "back-up", "SUCCEEDED"));
        assertThat(Workplace.list(place.backups(), ".*")).isNotEmpty();
        giveUp(id);
        service.startAgain();

        assertThat(Workplace.list(place.backups(), ".*")).isEmpty();
        Invariants.holdFor(place, shop.server());
        Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
    }

    @Test
    void a_password_file_that_a_killed_service_left_is_removed_at_the_next_start() throws Exception {
        Path left = Files.writeString(place.temporary().resolve("belay-" + service.pid() + "-1.pgpass"), "h:1:*:u:p");
        Path other = Files.writeString(
                place.temporary().resolve("belay-" + ProcessHandle.current().pid() + "-1.pgpass"), "");
        service.killNine();
        service.startAgain();

        assertThat(left).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void only_copies_that_are_marked_as_ours_and_whose_job_is_over_are_removed() {
        Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
        DatabaseAddress scratch = place.scratch().maintenance();
        String control =
                Invariants.ask(place.control(), "SELECT id FROM control").get(0);
        copy(scratch, "belay_rehearsal_1", "belay " + control + " job " + UUID.randomUUID());
        copy(scratch, "not_marked", null);
        copy(scratch, "of_another_belay", "belay " + UUID.randomUUID() + " job " + UUID.randomUUID());
        service.killNine();
        service.startAgain();

        assertThat(Invariants.ask(scratch, ALL))
                .doesNotContain("belay_rehearsal_1")
                .contains("not_marked", "of_another_belay")
                .anyMatch(name -> name.startsWith("belay_golden_"));
        service.terminate();
        assertThat(place.pidFile("scratch")).doesNotExist();
        service.startAgain();
        assertThat(place.pidFile("scratch")).doesNotExist();
    }

    private static void copy(DatabaseAddress scratch, String name, @org.jspecify.annotations.Nullable String mark) {
        TestPostgres.execute(scratch, "CREATE DATABASE " + name);
        if (mark != null) {
            TestPostgres.execute(scratch, "COMMENT ON DATABASE " + name + " IS '" + mark + "'");
        }
    }

    private String dieAt(Breakpoint point) throws SQLException {
        String id = service.api().order("backups", Jobs.on(shop));
        point.kill(service);
        return id;
    }

    /** As another replica does it that cannot reach the server, or an operator. */
    private void giveUp(String id) {
        TestPostgres.execute(
                place.control(), "UPDATE job SET state = 'CANCELLED', finished_at = now() WHERE id = '" + id + "'");
    }
}
