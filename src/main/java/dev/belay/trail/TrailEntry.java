package dev.belay.trail;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One request that changed something or was denied. The control database refuses to change or remove one. */
@Entity
@Table(name = "audit_trail")
class TrailEntry extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY) // by a trigger
    @Nullable
    Long number;

    Instant at;

    String caller;

    String how;

    String method;

    String path;

    @Nullable
    String database;

    @Nullable
    String digest;

    int status;

    @Nullable
    String problem;

    @Nullable
    String location;

    @Column(name = "trace_id")
    String traceId;

    /** A trigger writes it. */
    @Column(insertable = false, updatable = false)
    @Nullable
    String seal;

    protected TrailEntry() {}

    TrailEntry(Instant at, TrailView view) {
        this.at = at;
        this.caller = view.caller();
        this.how = view.how();
        this.method = view.method();
        this.path = view.path();
        this.database = view.database();
        this.digest = view.digest();
        this.status = view.status();
        this.problem = view.problem();
        this.location = view.location();
        this.traceId = view.traceId();
    }

    TrailView view() {
        return new TrailView(
                number, at, caller, how, method, path, database, digest, status, problem, location, traceId, seal);
    }
}
