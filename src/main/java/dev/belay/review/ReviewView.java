package dev.belay.review;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The review report: what a person reads before scripts are used.
 *
 * @param title what it is of
 * @param job the draft or migration
 * @param database the managed database, by its name in the configuration
 * @param createdAt when the report was written
 * @param proven what was tried on copies, and found
 * @param remarks what PostgreSQL cannot do, and what is to be looked at
 */
@Schema(name = "ReviewView")
public record ReviewView(
        String title,
        UUID job,
        String database,
        Instant createdAt,
        List<String> proven,
        List<Remark> remarks,
        Review review,
        List<ScriptText> scripts) {

    public ReviewView {
        proven = List.copyOf(proven);
        remarks = List.copyOf(remarks);
        scripts = List.copyOf(scripts);
    }

    /** A script, whole. */
    @Schema(name = "ReviewedScript")
    public record ScriptText(String path, String sql) {}
}
