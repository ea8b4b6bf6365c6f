package dev.belay.state;

import dev.belay.job.Job;
import dev.belay.job.JobKind;
import dev.belay.job.JobState;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The job of a database that runs, or is the next to run.
 *
 * @param changing whether it is about to change what applications see and can no longer be cancelled
 * @param link its path
 */
public record UnderwayJob(
        UUID id,
        JobKind kind,
        JobState state,
        boolean changing,

        @Schema(examples = "/migrations/7a1f6c1e-1f0b-4f0e-9a55-0d6f7c3a2b11")
        String link) {

    static UnderwayJob of(Job job) {
        return new UnderwayJob(
                job.id(),
                job.kind(),
                job.state(),
                job.noReturn(),
                "/" + job.kind().path() + "/" + job.id());
    }

    @Override
    public String toString() {
        return "the " + state.name().toLowerCase(Locale.ROOT) + " job " + link;
    }
}
