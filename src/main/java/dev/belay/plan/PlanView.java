package dev.belay.plan;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A plan as it is read.
 *
 * @param digest SHA-256 of the plan; what {@code POST /migrations/{id}/approvals} names
 * @param validUntil when the policy calls it, or the backup that the migration begins with, too old
 * @param stale why it is void, each reason as a clause; empty while it holds. Not asked any more once the migration is over
 */
@Schema(name = "PlanView")
public record PlanView(String digest, Instant validUntil, List<String> stale, Plan plan) {

    public PlanView {
        stale = List.copyOf(stale);
    }
}
