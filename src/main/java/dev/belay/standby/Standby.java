package dev.belay.standby;

import dev.belay.postgres.Identifiers;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A copy of a backup on its database's own server. Written down before it is created; it counts once it is ready. */
@Entity
@Table(name = "standby")
class Standby extends PanacheEntityBase {

    private static final int LONGEST_STEM = 30;

    @Id
    @Column(name = "job_id")
    UUID jobId;

    @Column(name = "backup_id")
    UUID backupId;

    String database;

    String name;

    @Column(name = "ready_at")
    @Nullable
    Instant readyAt;

    protected Standby() {}

    Standby(UUID jobId, UUID backupId, String database, String name) {
        this.jobId = jobId;
        this.backupId = backupId;
        this.database = database;
        this.name = name;
    }

    /** The name on the server; one has 63 bytes at most. */
    static String nameFor(UUID jobId, String live) {
        return Identifiers.shortened(live, LONGEST_STEM)
                + "_standby_"
                + jobId.toString().substring(0, 8);
    }

    static List<Standby> of(String database) {
        return list("database", database);
    }
}
