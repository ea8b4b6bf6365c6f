package dev.belay.takeover;

import dev.belay.job.DatabaseState;
import dev.belay.run.JobContext;
import dev.belay.run.Step;

/** The step in which the successor gets the name. Applications are kept out for a moment. */
public final class SwapNames implements Step {

    private final Takeovers takeovers;
    private final DatabaseState after;

    /**
     * The step of a job.
     *
     * @param after what the job has done to the database then
     */
    public SwapNames(Takeovers takeovers, DatabaseState after) {
        this.takeovers = takeovers;
        this.after = after;
    }

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public void run(JobContext job) throws Exception {
        takeovers.swap(after, job);
    }

    @Override
    public void resume(JobContext job) throws Exception {
        takeovers.resumeSwap(after, job);
    }
}
