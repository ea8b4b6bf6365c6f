package dev.belay.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What a step of a job found out. Not part of the job's view: a fingerprint of a large schema has megabytes. */
@Entity
@Table(name = "job_evidence")
class JobEvidence extends PanacheEntityBase {

    /** A job has one evidence of a type at most. */
    @Embeddable
    record Key(@Column(name = "job_id") UUID jobId, String type) {}

    @EmbeddedId
    Key key;

    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode content;

    protected JobEvidence() {}

    static List<UUID> ofField(String type, String field, String value) {
        List<?> found = getEntityManager()
                .createNativeQuery(
                        "SELECT job_id FROM job_evidence WHERE type = ?1 AND content ->> ?2 = ?3", UUID.class)
                .setParameter(1, type)
                .setParameter(2, field)
                .setParameter(3, value)
                .getResultList();
        return found.stream().map(UUID.class::cast).toList();
    }

    JobEvidence(Key key, JsonNode content) {
        this.key = key;
        this.content = content;
    }
}
