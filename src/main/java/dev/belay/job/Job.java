package dev.belay.job;

import dev.belay.problem.Problem;
import dev.belay.problem.ProblemType;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A job and the moves it may make. Every move that is not allowed is refused, and every one that is leaves an event. */
@Entity
@Table(name = "job")
public class Job extends JobRow {

    protected Job() {}

    Job(NewJob order, UUID id, Instant now) {
        this.id = id;
        this.kind = order.kind();
        this.database = order.database();
        this.request = order.request();
        this.requestedBy = order.requestedBy();
        this.createdAt = now;
        order.steps().forEach(name -> steps.add(new JobStep(name)));
    }

    /** Has it run before the jobs of its database that came in earlier. */
    Job ahead() {
        ahead = true;
        return this;
    }

    public static Optional<Job> find(JobKind kind, UUID id) {
        return find("id = ?1 and kind = ?2", id, kind).firstResultOptional();
    }

    /**
     * The job, locked until the transaction ends, so that its changes and events have one order. It is as it is in the
     * database only when the transaction has not looked at it before.
     */
    static Optional<Job> lock(UUID id) {
        return find("id", id).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
    }

    /** Takes the job up, for the first time or again after its runner died. The attempt is what fences the old runner. */
    public void start(Instant now) {
        requireUnfinished();
        if (state == JobState.QUEUED || state.isWaiting()) {
            state = JobState.RUNNING;
            wakeAt = null;
        } else {
            deaths++;
        }
        if (startedAt == null) {
            startedAt = now;
        }
        attempt++;
        changed(now, "state", Map.of("state", state.name(), "attempt", attempt));
    }

    /** Puts a running job back into the queue because its runner shuts down; the step it was in is taken up again. */
    public void park(Instant now) {
        requireUnfinished();
        if (state == JobState.RUNNING) {
            state = JobState.QUEUED;
        }
        changed(now, "state", Map.of("state", state.name()));
    }

    /** Lays the job aside at one of its steps, until its time has come or {@link #goOn}. It has changed nothing yet. */
    public void await(int position, Waiting waiting, Instant now) {
        if (state == JobState.CANCELLING) {
            cancel(now);
            return;
        }
        requireUnfinished();
        steps.get(position).await(waiting.detail());
        stepChanged(position, now);
        noReturn = false;
        state = waiting.state();
        wakeAt = waiting.wakeAt();
        changed(now, "state", Map.of("state", state.name(), "wakeAt", String.valueOf(wakeAt)));
    }

    /** Puts a waiting job back into the queue: what it waited for has come. */
    public void goOn(Instant now) {
        if (!state.isWaiting()) {
            throw new IllegalStateException("job " + id + " does not wait: " + state);
        }
        state = JobState.QUEUED;
        wakeAt = null;
        changed(now, "state", Map.of("state", state.name()));
    }

    public void beginStep(int position, Instant now) {
        requireUnfinished();
        steps.get(position).begin(now);
        stepChanged(position, now);
    }

    public void endStep(int position, StepState end, Instant now) {
        requireUnfinished();
        steps.get(position).end(end, now);
        stepChanged(position, now);
    }

    /** Leaves out the steps after one, for good: whoever takes the job up again leaves them out too. */
    public void skipAfter(int position) {
        requireUnfinished();
        steps.stream().skip(position + 1L).forEach(step -> step.state = StepState.SKIPPED);
    }

    public void progress(int position, double fraction, String detail, Instant now) {
        requireUnfinished();
        JobStep step = steps.get(position);
        step.progress = Math.max(0, Math.min(1, fraction));
        step.detail = detail;
        changed(now, "progress", Map.of("step", step.name, "progress", step.progress, "detail", detail));
    }

    /** From here on the job cannot be cancelled: it is about to change what applications see, and may break off in it. */
    public void passNoReturn(Instant now) {
        if (state == JobState.CANCELLING) {
            throw ProblemType.CANCELLED.because("The job was cancelled before it changed anything.");
        }
        requireUnfinished();
        noReturn = true;
        databaseState = DatabaseState.INDETERMINATE;
        changed(now, "state", Map.of("state", state.name(), "noReturn", true, "databaseState", databaseState.name()));
    }

    public void databaseIs(DatabaseState found, Instant now) {
        requireUnfinished();
        databaseState = found;
        changed(now, "state", Map.of("state", state.name(), "databaseState", found.name()));
    }

    public void result(String name, Object value, Instant now) {
        requireUnfinished();
        Map<String, Object> more = new TreeMap<>(result);
        more.put(name, value);
        result = more;
        changed(now, "log", Map.of("result", Map.of(name, value)));
    }

    public void succeed(Instant now) {
        finish(JobState.SUCCEEDED, now);
    }

    public void fail(Problem problem, Instant now) {
        error = problem;
        finish(JobState.FAILED, now);
    }

    public void cancel(Instant now) {
        finish(JobState.CANCELLED, now);
    }

    /** Asks the job to stop: at once when it waits, at the next safe moment when it runs. Asking again is no error. */
    public void requestCancel(Instant now) {
        if (state == JobState.CANCELLED || state == JobState.CANCELLING) {
            return;
        }
        if (state.isFinal() || noReturn) {
            throw ProblemType.CONFLICT.because("The job "
                    + (noReturn && !state.isFinal()
                            ? "has passed the point of no return and is finishing; it cannot be cancelled any more."
                            : "is over (" + state + "); there is nothing left to cancel.")
                    + " The database is " + databaseState + ".");
        }
        if (state == JobState.QUEUED || state.isWaiting()) {
            cancel(now);
            return;
        }
        state = JobState.CANCELLING;
        changed(now, "state", Map.of("state", state.name()));
    }

    private void finish(JobState end, Instant now) {
        requireUnfinished();
        state = end;
        wakeAt = null;
        finishedAt = now;
        steps.forEach(step -> step.settle(end == JobState.CANCELLED, now));
        changed(now, "state", Map.of("state", end.name(), "databaseState", databaseState.name()));
        new JobEvent(id, now, "end", Map.of("state", end.name())).persist();
    }

    private void stepChanged(int position, Instant now) {
        JobStep step = steps.get(position);
        changed(now, "step", Map.of("step", step.name, "state", step.state.name(), "detail", step.detail));
    }

    private void changed(Instant now, String type, Map<String, Object> data) {
        revision++;
        new JobEvent(id, now, type, data).persist();
    }

    private void requireUnfinished() {
        if (state.isFinal()) {
            throw new IllegalStateException("job " + id + " is over: " + state);
        }
    }
}
