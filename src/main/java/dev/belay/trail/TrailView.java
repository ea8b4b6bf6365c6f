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
 * @param how that is known: token or bootstrap with the token's id, oidc with the issuer, header, none
 * @param database the managed database it was about, where it came to that
 * @param digest of the plan that was approved
 * @param status of the answer
 * @param problem the slug of the problem that was answered
 * @param location the path of what was made or found: the job, the token
 * @param traceId as in the answer and in the log
 * @param seal SHA-256 over the entry and the seal before it, so that one that is changed or gone shows
 */
@Schema(name = "AuditTrailEntry")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrailView(
        @Nullable Long number,
        @Nullable Instant at,
        String caller,
        String how,
        String method,
        String path,
        @Nullable String database,
        @Nullable String digest,
        int status,
        @Nullable String problem,
        @Nullable String location,
        String traceId,
        @Nullable String seal) {}
