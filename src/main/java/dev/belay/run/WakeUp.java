package dev.belay.run;

import jakarta.enterprise.context.Dependent;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** What Quartz runs: the next job of the database that the key names. */
@Dependent
@DisallowConcurrentExecution
class WakeUp implements Job {

    private final JobRunner runner;

    WakeUp(JobRunner runner) {
        this.runner = runner;
    }

    @Override
    public void execute(JobExecutionContext context) {
        runner.runNext(context.getJobDetail().getKey().getName());
    }
}
