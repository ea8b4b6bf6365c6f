package dev.belay.run;

import dev.belay.job.JobJournal;
import dev.belay.job.JobSubmitted;
import dev.belay.problem.ProblemType;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;

/**
 * The queue, on Quartz's clustered store: one Quartz job key a database, which runs once at a time over all replicas. A
 * trigger says only "there is work for this database"; which job that is, the job table says. So a trigger too many does
 * no harm, and the order is that of the job table.
 */
@ApplicationScoped
class JobQueue {

    private static final String GROUP = "databases";

    private final Scheduler scheduler;
    private final JobJournal journal;
    private final Drain drain;

    JobQueue(Scheduler scheduler, JobJournal journal, Drain drain) {
        this.scheduler = scheduler;
        this.journal = journal;
        this.drain = drain;
    }

    void onSubmitted(@Observes JobSubmitted submitted) {
        wake(submitted.database());
    }

    /** Wakes the databases whose jobs nobody is about to run: parked ones, or ones whose trigger was lost. */
    @Scheduled(
            every = "5s",
            delayed = "1s",
            identity = "sweep",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void sweep() {
        if (drain.isDraining()) {
            return;
        }
        for (String database : journal.databasesWithWork()) {
            try {
                if (scheduler.getTriggersOfJob(key(database)).isEmpty()) {
                    wake(database);
                }
            } catch (SchedulerException e) {
                throw new IllegalStateException("the queue cannot be read", e);
            }
        }
    }

    private void wake(String database) {
        try {
            JobDetail detail = JobBuilder.newJob(WakeUp.class)
                    .withIdentity(key(database))
                    .storeDurably()
                    .requestRecovery()
                    .build();
            scheduler.addJob(detail, true, true);
            scheduler.scheduleJob(TriggerBuilder.newTrigger()
                    .forJob(detail)
                    .withIdentity(UUID.randomUUID().toString(), GROUP)
                    .build());
        } catch (SchedulerException e) {
            throw ProblemType.INTERNAL_ERROR.because("The job could not be queued, so it was not begun. Ask again.", e);
        }
    }

    private static JobKey key(String database) {
        return JobKey.jobKey(database, GROUP);
    }
}
