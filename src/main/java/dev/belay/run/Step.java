package dev.belay.run;

/**
 * One step of a job. A step is either wholly done and written down, or it is run again: what it left behind when its
 * process was killed is its own to find.
 */
public interface Step {

    /** What the step is called in the API, in logs and in the documentation. */
    String name();

    /**
     * Does the step.
     *
     * @throws dev.belay.problem.ProblemException for what is expected to go wrong
     */
    void run(JobContext job) throws Exception;

    /**
     * Takes the step up after its runner died in the middle of it. By default it is repeated: {@link #run} must then first
     * remove what an earlier run left. A step that changes a managed database looks at the database instead, and decides.
     */
    default void resume(JobContext job) throws Exception {
        run(job);
    }
}
