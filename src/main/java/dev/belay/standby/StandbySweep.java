package dev.belay.standby;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.DatabaseState;
import dev.belay.job.Job;
import dev.belay.job.JobJournal;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.run.TargetHold;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Removes standbys whose time is over: the migration that made one has ended without changing anything, or the retention has
 * passed since it ended. Never while a job of the database runs, which may be a restore that uses it.
 */
@ApplicationScoped
class StandbySweep {

    private static final Logger LOG = Logger.getLogger(StandbySweep.class);

    private final Standbys standbys;
    private final DatabaseRegistry databases;
    private final JobJournal journal;
    private final Clock clock;

    StandbySweep(Standbys standbys, DatabaseRegistry databases, JobJournal journal, Clock clock) {
        this.standbys = standbys;
        this.databases = databases;
        this.journal = journal;
        this.clock = clock;
    }

    /** One of a database that is not configured any more stays: where it is, nobody knows. */
    @Scheduled(
            every = "1m",
            delayed = "10s",
            identity = "standbys",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        for (Standby standby : standbys.all()) {
            databases.all().stream()
                    .filter(database -> database.name().equals(standby.database) && isDue(standby, database))
                    .forEach(database -> remove(standby, database));
        }
    }

    private boolean isDue(Standby standby, ManagedDatabase database) {
        Job maker = journal.read(standby.jobId);
        return maker.finished()
                .filter(end -> standby.readyAt == null
                        || maker.databaseState() == DatabaseState.UNCHANGED
                        || !end.plus(database.policy().standbyRetention()).isAfter(clock.instant()))
                .isPresent();
    }

    private void remove(Standby standby, ManagedDatabase database) {
        try {
            Optional<TargetHold> hold = TargetHold.tryTake(database);
            if (hold.isPresent()) {
                try (TargetHold held = hold.get();
                        DatabaseAdmin admin =
                                new DatabaseAdmin(database.address().server())) {
                    Objects.requireNonNull(held);
                    standbys.remove(admin, standby);
                    LOG.infof("the standby %s is removed: its time is over", standby.name);
                }
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("the standby %s could not be removed, it is tried again: %s", standby.name, e.getMessage());
        }
    }
}
