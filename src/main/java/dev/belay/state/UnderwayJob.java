package dev.belay.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belay.job.Job;
import dev.belay.job.JobKind;
import dev.belay.job.JobState;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The job of a database that runs, or is the next to run, or waits for an approval or a time.
 *
 * @param scheduledFor when a SCHEDULED job goes on; null for any other
 * @param changing whether it is about to change what applications see and can no longer be cancelled
 * @param link its path
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UnderwayJob(
        UUID id,
        JobKind kind,
        JobState state,
        @Nullable Instant scheduledFor,
        boolean changing,

        @Schema(examples = "/migrations/7a1f6c1e-1f0b-4f0e-9a55-0d6f7c3a2b11")
        String link) {

    static UnderwayJob of(Job job) {
        return new UnderwayJob(
                job.id(),
                job.kind(),
                job.state(),
                job.state() == JobState.SCHEDULED ? job.wakeAt().orElse(null) : null,
                job.noReturn(),
                "/" + job.kind().path() + "/" + job.id());
    }

    @Override
    public String toString() {
        return switch (state) {
            case AWAITING_APPROVAL -> "the job " + link + ", which waits for an approval";
            case SCHEDULED -> "the job " + link + ", which waits for its maintenance window, from " + scheduledFor;
            case QUEUED, RUNNING, CANCELLING, SUCCEEDED, FAILED, CANCELLED ->
                "the " + state.name().toLowerCase(Locale.ROOT) + " job " + link;
        };
    }
}
