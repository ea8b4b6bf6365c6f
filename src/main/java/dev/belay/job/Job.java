package dev.belay.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.problem.Problem;
import dev.belay.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.generator.EventType;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A job and the moves it may make. Every move that is not allowed is refused, and every one that is leaves an event. */
@Entity
@Table(name = "job")
public class Job extends PanacheEntityBase {

    @Id
    UUID id;

    @Generated(event = EventType.INSERT)
    @Column(insertable = false, updatable = false)
    @Nullable
    Long number;

    @Enumerated(EnumType.STRING)
    JobKind kind;

    String database;

    @Enumerated(EnumType.STRING)
    JobState state = JobState.QUEUED;

    @Enumerated(EnumType.STRING)
    @Column(name = "database_state")
    DatabaseState databaseState = DatabaseState.UNCHANGED;

    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode request;

    @Column(name = "requested_by")
    String requestedBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "started_at")
    @Nullable
    Instant startedAt;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    int attempt;

    int deaths;

    @Column(name = "no_return")
    boolean noReturn;

    long revision;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Object> result = new TreeMap<>();

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Problem error;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "job_step", joinColumns = @JoinColumn(name = "job_id"))
    @OrderColumn(name = "position")
    List<JobStep> steps = new ArrayList<>();

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

    public static Optional<Job> find(JobKind kind, UUID id) {
        return find("id = ?1 and kind = ?2", id, kind).firstResultOptional();
    }

    /** The job, locked until the transaction ends, so that its changes and events have one order. */
    static Optional<Job> lock(UUID id) {
        return find("id", id).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
    }

    /** The job of a database whose turn it is: one that was begun, else the one that came first. */
    static Optional<Job> inTurn(String database) {
        return find(
                        "database = ?1 and finishedAt is null order by (case when state = ?2 then 1 else 0 end), number",
                        database,
                        JobState.QUEUED)
                .firstResultOptional();
    }

    public UUID id() {
        return id;
    }

    public JobKind kind() {
        return kind;
    }

    public String database() {
        return database;
    }

    public JobState state() {
        return state;
    }

    public DatabaseState databaseState() {
        return databaseState;
    }

    public Instant created() {
        return createdAt;
    }

    public int attempt() {
        return attempt;
    }

    /** How often its runner died; an orderly shutdown does not count. */
    public int deaths() {
        return deaths;
    }

    public List<JobStep> steps() {
        return List.copyOf(steps);
    }

    public boolean noReturn() {
        return noReturn;
    }

    /** Takes the job up, for the first time or again after its runner died. The attempt is what fences the old runner. */
    public void start(Instant now) {
        requireUnfinished();
        if (state == JobState.QUEUED) {
            state = JobState.RUNNING;
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

    /** From here on the job cannot be cancelled: it is about to change what applications see. */
    public void passNoReturn(Instant now) {
        if (state == JobState.CANCELLING) {
            throw ProblemType.CANCELLED.because("The job was cancelled before it changed anything.");
        }
        requireUnfinished();
        noReturn = true;
        changed(now, "state", Map.of("state", state.name(), "noReturn", true));
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
        if (state == JobState.QUEUED) {
            cancel(now);
            return;
        }
        state = JobState.CANCELLING;
        changed(now, "state", Map.of("state", state.name()));
    }

    private void finish(JobState end, Instant now) {
        requireUnfinished();
        state = end;
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
