package dev.belay.run;

import dev.belay.job.Job;
import dev.belay.problem.ProblemType;
import java.time.Instant;

/** What follows from the failure of a job. */
public interface AfterFailure {

    /**
     * Called in the transaction that writes the failure down, just before it is: so what follows is there exactly when the
     * failure is, and once.
     */
    void follow(Job job, ProblemType problem, Instant now);
}
