package dev.belay.run;

import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;

/**
 * A failure that left a database between two states. What exactly is half done counts more than any reason for which the
 * job was told to stop meanwhile, so a job that meets this has failed, even when it was being cancelled.
 */
public class IndeterminateException extends ProblemException {

    /** Says what is half done and what to do. */
    public IndeterminateException(String detail, Throwable cause) {
        super(ProblemType.MIGRATION_FAILED, detail, cause);
    }
}
