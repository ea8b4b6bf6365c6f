package dev.belay.approval;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody's word that a plan may be applied. Never changed. */
@Entity
@Table(name = "approval")
class Approval extends PanacheEntityBase {

    /** Nobody approves a migration twice. */
    @Embeddable
    record Key(@Column(name = "job_id") UUID jobId, String approver) {}

    @EmbeddedId
    Key key;

    @Column(name = "plan_digest")
    String planDigest;

    @Nullable
    String comment;

    Instant at;

    protected Approval() {}

    Approval(Key key, ApprovalRequest request, Instant at) {
        this.key = key;
        this.planDigest = request.planDigest();
        this.comment = request.comment();
        this.at = at;
    }

    static List<Approval> of(UUID jobId) {
        return list("key.jobId = ?1 order by at", jobId);
    }
}
