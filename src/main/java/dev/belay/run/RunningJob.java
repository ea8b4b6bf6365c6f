package dev.belay.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.job.DatabaseState;
import dev.belay.job.Job;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.job.JobState;
import dev.belay.job.StepState;
import dev.belay.job.Waiting;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One attempt at one job: passes what its steps say on to the journal, and stops them when they have to stop. */
final class RunningJob implements JobContext {

    private static final Logger LOG = Logger.getLogger(RunningJob.class);

    private final UUID id;
    private final JobKind kind;
    private final int attempt;
    private final String database;
    private final String requestedBy;
    private final JsonNode request;
    private final JobJournal journal;
    private final ObjectMapper json;

    private final List<Runnable> stoppers = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable RuntimeException> stop = new AtomicReference<>();
    private final AtomicReference<@Nullable Progress> unwritten = new AtomicReference<>();
    private volatile int position;
    private volatile String detail = "";
    private volatile boolean noReturn;
    private volatile boolean early;
    private volatile @Nullable Waiting waiting;

    private record Progress(int position, double fraction, String detail) {}

    RunningJob(Job job, JsonNode request, JobJournal journal, ObjectMapper json) {
        this.id = job.id();
        this.kind = job.kind();
        this.attempt = job.attempt();
        this.database = job.database();
        this.requestedBy = job.requestedBy();
        this.noReturn = job.noReturn();
        this.request = request;
        this.journal = journal;
        this.json = json;
    }

    /**
     * Makes the steps stop with the given reason; the first reason counts.
     *
     * @return false when the job has passed the point of no return and goes on
     */
    boolean stop(RuntimeException reason) {
        if (noReturn && !(reason instanceof ProblemException problem && problem.type() == ProblemType.LOCK_LOST)) {
            return false;
        }
        if (stop.compareAndSet(null, reason)) {
            stoppers.forEach(Runnable::run);
        }
        return true;
    }

    /** Why the steps were told to stop; null when they were not. */
    @Nullable
    RuntimeException stopReason() {
        return stop.get();
    }

    /** What happens once a second beside the steps: progress is written, and the world is asked whether to go on. */
    void beat(TargetHold hold) {
        try {
            if (!hold.isHeld()) {
                stop(ProblemType.LOCK_LOST.because("The session that held the database " + database
                        + " exclusively ended, so another runner could have taken it. The job stopped at once."));
            }
            if (journal.read(id).state() == JobState.CANCELLING) {
                stop(ProblemType.CANCELLED.because("The job was cancelled."));
            }
            writeProgress();
        } catch (JobJournal.FencedException e) {
            stop(e);
        } catch (RuntimeException e) {
            LOG.warnf("the heartbeat could not reach the control database: %s", e.getMessage());
        }
    }

    synchronized void beginStep(int step) {
        position = step;
        detail = "";
        unwritten.set(null);
        write((job, now) -> job.beginStep(step, now));
    }

    /** The detail that the step left, or how far it said it was. */
    synchronized void endStep(StepState end) {
        unwritten.set(null);
        String left = detail;
        write((job, now) -> {
            if (!left.isEmpty()) {
                job.progress(position, end == StepState.SUCCEEDED ? 1 : 0, left, now);
            }
            job.endStep(position, end, now);
            if (early && end == StepState.SUCCEEDED) {
                job.skipAfter(position);
            }
        });
    }

    void write(BiConsumer<Job, Instant> change) {
        journal.write(id, attempt, change);
    }

    JsonNode request() {
        return request;
    }

    boolean endsEarly() {
        return early;
    }

    /** What the job is to wait for; null when its steps go on. */
    @Nullable
    Waiting waiting() {
        return waiting;
    }

    /** Lays the job aside at the step it is in. */
    void await(Waiting what) {
        unwritten.set(null);
        write((job, now) -> job.await(position, what, now));
    }

    /** Synchronized with the step's end, after which its detail must stay. */
    private synchronized void writeProgress() {
        Progress latest = unwritten.getAndSet(null);
        if (latest != null && latest.position() == position) {
            write((job, now) -> job.progress(latest.position(), latest.fraction(), latest.detail(), now));
        }
    }

    @Override
    public UUID jobId() {
        return id;
    }

    @Override
    public JobKind kind() {
        return kind;
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public <T> T request(Class<T> type) {
        return json.convertValue(request, type);
    }

    @Override
    public <T> Optional<T> evidence(Class<T> type) {
        return journal.evidence(id, type);
    }

    @Override
    public void keep(Object evidence) {
        journal.keep(id, attempt, evidence);
    }

    @Override
    public void detail(String text) {
        detail = text;
        LOG.infof("%s", text);
    }

    @Override
    public void result(String name, Object value) {
        write((job, now) -> job.result(name, value, now));
    }

    @Override
    public void databaseIs(DatabaseState state) {
        write((job, now) -> job.databaseIs(state, now));
    }

    @Override
    public void passNoReturn() {
        check();
        write((job, now) -> job.passNoReturn(now));
        noReturn = true;
    }

    @Override
    public void passNoReturn(Object evidence) {
        check();
        journal.keep(id, attempt, evidence, (job, now) -> job.passNoReturn(now));
        noReturn = true;
    }

    @Override
    public String requestedBy() {
        return requestedBy;
    }

    @Override
    public void waitFor(JobState state, @Nullable Instant wakeAt, String what) {
        waiting = new Waiting(state, wakeAt, what);
    }

    @Override
    public void finishEarly() {
        early = true;
    }

    @Override
    public void progress(double fraction, String text) {
        unwritten.set(new Progress(position, fraction, text));
    }

    @Override
    public void check() {
        RuntimeException reason = stop.get();
        if (reason != null) {
            throw reason;
        }
    }

    @Override
    public Registration onStop(Runnable action) {
        stoppers.add(action);
        if (stop.get() != null) {
            action.run();
        }
        return () -> stoppers.remove(action);
    }
}
