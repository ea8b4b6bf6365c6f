package dev.belay.approval;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An approval as clients see it.
 *
 * @param migration the job whose plan was approved
 * @param approver as the proxy in front of Belay named the caller
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApprovalView(
        UUID migration,
        @Schema(examples = "maria") String approver,
        String planDigest,
        @Nullable String comment,
        Instant at) {

    static ApprovalView of(Approval approval) {
        return new ApprovalView(
                approval.key.jobId(), approval.key.approver(), approval.planDigest, approval.comment, approval.at);
    }
}
