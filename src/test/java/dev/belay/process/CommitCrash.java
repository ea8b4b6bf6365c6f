package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.DatabaseAddress;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/** Kills the service right before a job changes its database, and again when that is done and not written down. */
final class CommitCrash {

    private CommitCrash() {}

    /**
     * Returns the job's id when the database is what it is to become and the service is dead.
     *
     * @param state what the job says it has done to the database then
     * @param look at what it changes
     */
    static String of(BelayProcess service, String kind, String order, String state, Supplier<List<String>> look)
            throws SQLException {
        DatabaseAddress control = service.place().control();
        List<String> before = look.get();
        Breakpoint changing = Breakpoint.atJob(control, "NEW.database_state = 'INDETERMINATE'");
        String id = service.api().order(kind, order);
        changing.kill(service);
        assertThat(look.get()).isEqualTo(before);
        Breakpoint changed = Breakpoint.atJob(control, "NEW.database_state = '" + state + "'");
        service.startAgain();
        changed.kill(service);
        assertThat(look.get()).isNotEqualTo(before);
        return id;
    }
}
