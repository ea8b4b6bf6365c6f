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
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long number;

    Instant at;

    String caller;

    String method;

    String path;

    @Nullable
    String database;

    @Nullable
    String digest;

    int status;

    @Nullable
    String problem;

    @Column(name = "trace_id")
    String traceId;

    protected TrailEntry() {}

    TrailEntry(Instant at, TrailView view) {
        this.at = at;
        this.caller = view.caller();
        this.method = view.method();
        this.path = view.path();
        this.database = view.database();
        this.digest = view.digest();
        this.status = view.status();
        this.problem = view.problem();
        this.traceId = view.traceId();
    }

    TrailView view() {
        return new TrailView(number, at, caller, method, path, database, digest, status, problem, traceId);
    }
}
