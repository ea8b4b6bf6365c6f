package dev.belay.trail;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request that changed something or was denied.
 *
 * @param number grows with each; null before it is written down
 * @param at when it was answered
 * @param caller who sent it; {@code anonymous} when that is not known
 * @param database the managed database it was about, where it came to that
 * @param digest of the plan that was approved
 * @param status of the answer
 * @param problem the slug of the problem that was answered
 * @param traceId as in the answer and in the log
 */
@Schema(name = "AuditTrailEntry")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrailView(
        @Nullable Long number,
        @Nullable Instant at,
        String caller,
        String method,
        String path,
        @Nullable String database,
        @Nullable String digest,
        int status,
        @Nullable String problem,
        String traceId) {}
