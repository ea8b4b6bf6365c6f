package dev.belay.backup;

import dev.belay.job.JobState;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A complete archive. It counts as a backup once it is proven. */
@Entity
@Table(name = "backup")
class Backup extends PanacheEntityBase {

    @Id
    UUID id;

    @Column(name = "job_id")
    UUID jobId;

    String database;

    String archive;

    String manifest;

    long bytes;

    int tables;

    long rows;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "proven_at")
    @Nullable
    Instant provenAt;

    protected Backup() {}

    Backup(Manifest content, UUID jobId, String archive, String manifestSha256) {
        this.id = content.id();
        this.jobId = jobId;
        this.database = content.database();
        this.archive = archive;
        this.manifest = manifestSha256;
        this.bytes = content.bytes();
        this.tables = content.fingerprint().tables().size();
        this.rows = content.fingerprint().rows();
        this.createdAt = content.created();
    }

    static Optional<Backup> lastProven(String database) {
        return find("database = ?1 and provenAt is not null order by createdAt desc", database)
                .firstResultOptional();
    }

    /** A job that failed because its backup is too small must not make that the measure of the next. */
    static Optional<Backup> provenBefore(String database, Instant created) {
        return find(
                        "database = ?1 and provenAt is not null and createdAt < ?2"
                                + " and jobId in (select id from Job where state = ?3) order by createdAt desc",
                        database,
                        created,
                        JobState.SUCCEEDED)
                .firstResultOptional();
    }

    static List<Backup> unprovenOf(UUID jobId) {
        return list("jobId = ?1 and provenAt is null", jobId);
    }
}
