package dev.belay.run;

import dev.belay.job.DatabaseState;
import dev.belay.job.JobKind;
import dev.belay.job.JobState;
import dev.belay.postgres.Monitor;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A running job as its steps see it. */
public interface JobContext extends Monitor {

    UUID jobId();

    JobKind kind();

    /** The managed database's name in the configuration. */
    String database();

    /** The request that the job was made by. */
    <T> T request(Class<T> type);

    /** What an earlier step found out; empty when none has. */
    <T> Optional<T> evidence(Class<T> type);

    /**
     * What an earlier step must have found out.
     *
     * @throws IllegalStateException when it has not
     */
    default <T> T need(Class<T> type) {
        return evidence(type).orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " yet"));
    }

    /** Keeps what this step found out for later steps; survives a crash once this returns. */
    void keep(Object evidence);

    /** The one line that stays with the step when it is done. */
    void detail(String detail);

    /** Adds to what clients see as the job's result. */
    void result(String name, Object value);

    /** Writes down what the job has done to the database so far. */
    void databaseIs(DatabaseState state);

    /**
     * From here on the job cannot be cancelled, and what it has done to the database is not known until the step says so.
     *
     * @throws dev.belay.problem.ProblemException when it has been cancelled just before
     */
    void passNoReturn();

    /** As {@link #passNoReturn()}, and keeps what the step found out: both or neither. */
    void passNoReturn(Object evidence);

    /** Who asked for the job. */
    String requestedBy();

    /**
     * Lays the job aside once this step returns: nothing is held for it, its copies are removed, and other jobs of the
     * database run. When its time has come, or what it waits for was decided, this step is run again from its beginning.
     *
     * @param state AWAITING_APPROVAL or SCHEDULED
     * @param wakeAt when the job goes on by itself; null when only a decision lets it
     * @param detail what it waits for, one line for a person
     */
    void waitFor(JobState state, @Nullable Instant wakeAt, String detail);

    /** Ends the job as succeeded after this step; the steps after it are skipped. */
    void finishEarly();
}
