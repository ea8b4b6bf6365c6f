package dev.belay.job;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Something that happened to a job. Written with the change it tells of, in one transaction; never changed. */
@Entity
@Table(name = "job_event")
class JobEvent extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long sequence;

    @Column(name = "job_id")
    UUID jobId;

    Instant at;

    String type;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Object> data;

    protected JobEvent() {}

    JobEvent(UUID jobId, Instant at, String type, Map<String, Object> data) {
        this.jobId = jobId;
        this.at = at;
        this.type = type;
        this.data = data;
    }

    /** The next events of a job, oldest first, at most a thousand. */
    static List<JobEvent> after(UUID jobId, long sequence) {
        return find("jobId = ?1 and sequence > ?2 order by sequence", jobId, sequence)
                .page(0, 1000)
                .list();
    }
}
