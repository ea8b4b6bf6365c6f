package dev.belay.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OrderColumn;
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

/** What the row of a job has, and what others may read of it. Changed by {@link Job} alone. */
@MappedSuperclass
public abstract class JobRow extends PanacheEntityBase {

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

    @Column(name = "wake_at")
    @Nullable
    Instant wakeAt;

    int attempt;

    int deaths;

    @Column(name = "no_return")
    boolean noReturn;

    boolean ahead;

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

    /** Who asked for it. */
    public String requestedBy() {
        return requestedBy;
    }

    /** When it goes on by itself; empty when it does not wait, or for a decision alone. */
    public Optional<Instant> wakeAt() {
        return Optional.ofNullable(wakeAt);
    }

    public Instant created() {
        return createdAt;
    }

    /** When it ended; empty when it has not. */
    public Optional<Instant> finished() {
        return Optional.ofNullable(finishedAt);
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
}
