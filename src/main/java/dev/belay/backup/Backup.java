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

    /**
     * A job that failed because its backup is too small must not make that the measure of the next; nor can one be the
     * measure that was made before the database was reset or refreshed.
     */
    static Optional<Backup> provenBefore(String database, Instant created) {
        return find(
                        "from Backup b where b.database = ?1 and b.provenAt is not null and b.createdAt < ?2"
                                + " and b.jobId in (select j.id from Job j where j.state = ?3) and not exists"
                                + " (select 1 from Job later where later.database = b.database"
                                + " and later.databaseState in (dev.belay.job.DatabaseState.EMPTIED,"
                                + " dev.belay.job.DatabaseState.REFRESHED) and later.finishedAt > b.createdAt)"
                                + " order by b.createdAt desc",
                        database,
                        created,
                        JobState.SUCCEEDED)
                .firstResultOptional();
    }

    static List<Backup> unprovenOf(UUID jobId) {
        return list("jobId = ?1 and provenAt is null", jobId);
    }
}
